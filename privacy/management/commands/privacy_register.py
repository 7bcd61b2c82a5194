import csv

from privacy.management.output import PortalCommand
from privacy.queries import register

FACTS = ("purpose", "basis", "article", "law", "interest")


class Command(PortalCommand):
    help = "The record of processing and the data map, from the declarations (Art 30)."
    formats = ("text", "json", "csv", "md")

    def work(self, *, format, **options):
        found = register()
        writers = {"csv": self._csv, "md": self._markdown}
        if format in writers:
            writers[format](found)
        else:
            self.show(found, text=_text(found))

    def _csv(self, found):
        excused = [
            {"model": row["model"], "field": row["field"], "category": f"excused: {row['because']}"}
            for row in found["excused"]
        ]
        writer = csv.DictWriter(self.stdout, fieldnames=list(found["fields"][0]), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows([*found["fields"], *excused])

    def _markdown(self, found):
        lines = [f"# Record of processing: {found['controller']['name']}"]
        for activity in found["activities"]:
            lines += ["", f"## {activity['title']} (`{activity['code']}`)", "", activity["plainly"], ""]
            lines += [f"- {key}: {activity[key]}" for key in FACTS if activity[key]]
            lines.append(f"- recipients: {', '.join(activity['recipients']) or 'none'}")
            lines += [f"- {keep['title']}: {_period(keep)} ({keep['source']})" for keep in activity["keep"]]
        self.stdout.write("\n".join(lines))


def _period(keep: dict) -> str:
    return keep.get("period") or keep.get("reason") or f"with {keep['with']}"


def _text(found: dict) -> str:
    lines = [f"{a['code']:<28}{a['basis']:<38}{', '.join(a['recipients'])}" for a in found["activities"]]
    return "\n".join([*lines, f"{len(found['fields'])} columns classified, {len(found['excused'])} excuses."])
