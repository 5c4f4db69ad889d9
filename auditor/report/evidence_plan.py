"""What `auditor evidence plan` prints."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from auditor.model.plans import PlanRow
from auditor.report.terminal import printable


def plan_json(steps: Sequence[PlanRow]) -> str:
    """The plan as one JSON document."""
    rows = [
        {
            "kind": step.kind,
            "says": step.says,
            "silent_on": step.silent_on,
            "commands": step.commands,
            "setup": step.setup,
            "licence": step.licence,
            "calls": step.calls,
            "settles": step.settles,
            "held": step.held,
        }
        for step in steps
    ]
    return json.dumps({"steps": rows}, ensure_ascii=False, indent=1) + "\n"


def plan_text(steps: Sequence[PlanRow], unknown: int, shown: Sequence[str]) -> str:
    """The plan for people: each export with what it settles; commands for those in `shown`."""
    open_steps = [step for step in steps if not step.held and (step.settles or step.kind in shown)]
    held = [step.kind for step in steps if step.held]
    rest = [step.kind for step in steps if not step.held and step not in open_steps]
    blocks = [f"{unknown:,} findings are unknown. What would settle them, cheapest first:"]
    blocks += ["\n".join(_lines(number, step, step.kind in shown)) for number, step in enumerate(open_steps, 1)]
    if rest:
        blocks.append("would settle nothing that is open now: " + ", ".join(rest))
    if held:
        blocks.append("read already (a newer export would refresh it): " + ", ".join(held))
    if not shown and open_steps:
        blocks.append(f"the commands of one: auditor evidence plan {open_steps[0].kind}")
    return printable_lines("\n\n".join(blocks)) + "\n"


def printable_lines(text: str) -> str:
    """The text with each line made harmless."""
    return "\n".join(printable(line) for line in text.split("\n"))


def _lines(number: int, step: PlanRow, with_commands: bool) -> Iterator[str]:
    cost = "no API call" if step.calls == 0 else f"at least {step.calls:,} API call{'s'[: step.calls > 1]}"
    need = f"; needs {step.licence}" if step.licence else ""
    yield f"{number}. {step.kind}: bears on {step.settles:,} unknown findings; {cost}{need}"
    yield f"   says    {step.says}"
    yield f"   not     {step.silent_on}"
    yield f"   clicks  {step.setup}"
    if with_commands:
        yield "   commands"
        for command in step.commands:
            yield from (f"     {line}" for line in command.split("\n"))
