"""Which function does which work on which kind of document."""

from importlib import import_module

from .refusing import Unwanted

# Numbers are looked for in this much of it; an application is shorter.
MOST_TEXT = 1_000_000
_CLEANERS = {"pdf": "clean_pdf", "docx": "clean_docx", "odt": "clean_odt", "rtf": "clean_rtf"}


def handler(work: str, kind: str):
    """function(content, output) -> the answer. What it needs is imported here, before the doors are closed."""
    pages = import_module(f"{__package__}.pages") if (work, kind) == ("preview", "pdf") else None
    cleaner = import_module(f"{__package__}.{_CLEANERS[kind]}")
    if pages is not None:
        return lambda content, output: _answer(pages=pages.draw(content, output))
    if work == "preview":
        return lambda content, output: _answer(text=cleaner.text_of(content))
    return lambda content, output: _cleaned(cleaner, content, output)


def _cleaned(cleaner, content: bytes, output) -> dict:
    try:
        cleaned = cleaner.clean(content)
        text = cleaner.text_of(cleaned)
    except Unwanted as why:
        return _answer(code=why.code)
    output.write(cleaned)
    return _answer(text=text)


def _answer(*, code: str = "", text: str = "", pages: tuple = (0, ())) -> dict:
    number, sizes = pages
    return {"code": code, "text": text[:MOST_TEXT], "pages": number, "sizes": list(sizes)}
