"""Article → story, sentence ↔ sentence: what reports share, reword and leave out. Knows neither store nor screen."""
