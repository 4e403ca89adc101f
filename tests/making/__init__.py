"""How the model that ships was made: from open texts to `tui/entities/data/english.npz`.

Nothing here is run by the test suite but the few tests of its pure parts: the steps are commands, run by hand in the
order that `README.md` gives, on texts that the project does not carry. Three of them (`first_labels`, `teacher` and
`second_labels`) need packages that the project never depends on, and are run in an environment of their own. What one
step hands to the next are files of JSON lines (`documents`), which `broadsheet train-recogniser` reads too.
"""
