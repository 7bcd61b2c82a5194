"""python -I run.py WORK KIND ANSWER: one document in, one answer out, and the end.

WORK is clean or preview, KIND pdf, docx, odt or rtf, ANSWER the number of the file the answer is written to as JSON:
{"code": why it is refused or "", "text": the words in it, "pages": how many, "sizes": bytes of each picture}.
"""

import json
import os
import sys
from pathlib import Path

ANSWER = 3


def main(work: str, kind: str, answer: str) -> None:
    # Started alone and isolated: the way to this package is the only thing that is added.
    sys.path.append(str(Path(__file__).resolve().parents[1]))
    from child import fence

    fence.limit()
    if int(answer) != ANSWER:
        os.dup2(int(answer), ANSWER)
        os.close(int(answer))
    from child import working

    handler = working.handler(work, kind)
    fence.close_doors()
    found = handler(sys.stdin.buffer.read(), sys.stdout.buffer)
    sys.stdout.buffer.flush()
    os.write(ANSWER, json.dumps(found).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
