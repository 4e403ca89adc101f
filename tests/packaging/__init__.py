"""What is built and installed is whole: the wheel, the sdist, and the program that they give."""
