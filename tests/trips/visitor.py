"""Somebody with a browser and no script: reads pages, follows links, fills in the forms that are really there."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client

VOID = {"input", "br", "img", "link", "meta", "hr", "source", "wbr"}


class Reader(HTMLParser):
    """Collects links, forms and their fields of one page."""

    def __init__(self, html):
        super().__init__()
        self.links, self.forms, self.text = [], [], []
        self._form = self._link = self._button = self._area = self._select = None
        self._quiet = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag in ("script", "style"):
            self._quiet += 1
        elif tag == "a" and "href" in said:
            self._link = {"href": said["href"], "text": ""}
            self.links.append(self._link)
        elif tag == "form":
            self._form = {"action": said.get("action", ""), "fields": {}, "ticks": {}, "buttons": [], "files": set()}
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(tag, said)

    def _field(self, tag, said):
        name, kind = said.get("name"), said.get("type", "text")
        if tag == "button":
            self._button = {"text": "", "name": name, "value": said.get("value", "")}
            self._form["buttons"].append(self._button)
        elif tag == "textarea":
            self._area = name
            self._form["fields"][name] = ""
        elif tag == "select":
            self._select = name
            self._form["fields"][name] = ""
        elif tag == "option" and self._select and "selected" in said:
            self._form["fields"][self._select] = said.get("value", "")
        elif tag == "input" and name:
            self._input(name, kind, said)

    def _input(self, name, kind, said):
        if kind in ("checkbox", "radio"):
            self._form["ticks"][name] = said.get("value", "on")
            if "checked" in said:
                self._form["fields"][name] = said.get("value", "on")
        elif kind == "file":
            self._form["files"].add(name)
        else:
            self._form["fields"][name] = said.get("value", "")

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._quiet -= 1
        elif tag == "a":
            self._link = None
        elif tag == "form":
            self._form = None
        elif tag == "button":
            self._button = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._quiet:
            return
        self.text.append(data)
        for part in (self._link, self._button):
            if part is not None:
                part["text"] += data
        if self._area is not None:
            self._form["fields"][self._area] += data


class Visitor:
    """One browser. Forms carry their own tokens and hidden values, which are checked as in production."""

    def __init__(self, *, language="nb"):
        self.client = Client(
            enforce_csrf_checks=True,
            headers={"accept-language": language, "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"},
            REMOTE_ADDR="203.0.113.7",
        )
        self.answer = None

    def go(self, address, *, status=200):
        """Open an address of the site, given whole or from the slash on."""
        parts = urlsplit(address)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        return self._arrive(self.client.get(target, follow=True), status)

    def follow(self, text):
        """Follow the first link whose text holds this."""
        found = next((link for link in self.page.links if text in " ".join(link["text"].split())), None)
        assert found, f"No link «{text}» at {self.address}: {[link['text'].strip() for link in self.page.links]}"
        return self.go(urljoin(self.address, found["href"]))

    def press(self, text, *, status=200, nth=0, **said):
        """Press the button with this text, with its form filled in; a field the form does not have is an error."""
        form, button = self._form_with(text, nth)
        unknown = set(said) - set(form["fields"]) - set(form["ticks"]) - form["files"]
        assert not unknown, f"The form with «{text}» has no {unknown}."
        values = {**form["fields"], **said}
        if button["name"]:
            values[button["name"]] = button["value"]
        sent = {name: value for name, value in values.items() if value is not None}
        target = urljoin(self.address, form["action"] or "")
        return self._arrive(self.client.post(target, sent, follow=True), status)

    def _form_with(self, text, nth):
        found = [
            (form, button)
            for form in self.page.forms
            for button in form["buttons"]
            if " ".join(button["text"].split()) == text
        ]
        assert len(found) > nth, f"No button «{text}» at {self.address}: {self.buttons}"
        return found[nth]

    def _arrive(self, answer, status):
        self.answer = answer
        self.address = answer.request["PATH_INFO"]
        if query := answer.request.get("QUERY_STRING"):
            self.address += f"?{query}"
        assert answer.status_code == status, f"{answer.status_code} at {self.address}"
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        self.page = Reader(answer.content.decode()) if is_page else Reader("")
        return self

    @property
    def buttons(self):
        return [" ".join(button["text"].split()) for form in self.page.forms for button in form["buttons"]]

    @property
    def words(self):
        """What can be read on the page, blanks tidied."""
        return " ".join(" ".join(self.page.text).split())

    def reads(self, *texts):
        """Whether all of these stand on the page."""
        return all(text in self.words for text in texts)

    def sign_in_by_code(self, email, *, drain, smtp):
        """Ask for a code, fetch it from the mailbox, type it."""
        self.go("/account/sign-in/").press("Send meg en kode i stedet", email=email)
        drain()
        self.press("Logg inn", email=email, code=mailed_code(smtp, email), nth=len(self.buttons_named("Logg inn")) - 1)
        return self

    def buttons_named(self, text):
        return [button for button in self.buttons if button == text]


def letter_to(smtp, email):
    """The latest mail to this address, as text."""
    letters = [letter for letter in smtp.messages if email in letter["to"]]
    assert letters, f"No mail to {email}; there are mails to {[letter['to'] for letter in smtp.messages]}"
    return letters[-1].get_content()


def links_in(text):
    """The addresses in a mail, in order."""
    return [word.rstrip(".,") for word in text.split() if word.startswith("http")]


def mailed_code(smtp, email):
    """The one-time code in the latest mail: the line that is indented."""
    return next(line.strip() for line in letter_to(smtp, email).splitlines() if line.startswith("    "))
