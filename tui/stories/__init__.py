"""Article → story, sentence ↔ sentence: what reports share, reword and leave out. Knows neither store nor screen.

Begin reading at `values`, what everybody gets to see. Then, by what is asked:

- Two articles side by side: `comparison`, from `sentences` and `prepared` over `measures` and `alignment` to
  `differences`; `board` is the table that is drawn and written, `comparison_files` writes it.
- Who told what of a story: `matrix`, from `statements`; `matrix_files` writes it.
- What a site repeats: `boilerplate`, with `publishers`. Which articles print one text: `reprints`, from `shingles`
  over `bands` to `same_text`.
- Which articles tell of one event: `features`, then `online` as they come and `reclustering` of the latest;
  `threads` leads from story to story, `standing` says whose title it goes by.
- In which order paragraphs were written: `order`, from `clues` over `precedence` to `sequence`.
"""
