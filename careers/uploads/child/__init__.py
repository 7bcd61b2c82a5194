"""What takes documents apart, in a process of its own: nothing here imports Django or anything of ours above it.

`run.py` is started by `careers.uploads.parsing` for one document, reads it from its standard input, writes the cleaned
copy to its standard output and what it found to a third file, and has neither secrets nor a way out (`fence`).
"""
