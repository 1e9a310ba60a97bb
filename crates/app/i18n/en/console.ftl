# Texts of the console that are shared with pages stand in the other files.
