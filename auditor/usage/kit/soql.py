"""Commands of the sf command line that save the answer of a query where the readers look for it.

Source: Salesforce CLI reference, `data query` (`--file`, `--result-format`, `--output-file`, `--use-tooling-api`),
`api request rest` (`--stream-to-file`).
"""

from __future__ import annotations

import shlex

from auditor.usage.kinds import PlanTarget, Recipe


def query_recipe(stem: str, soql: str, setup: str, *, tooling: bool = False) -> Recipe:
    """The recipe of an export that is one query: a call for each 2,000 rows, at least one."""
    flag = " --use-tooling-api" if tooling else ""

    def commands(target: PlanTarget) -> tuple[str, ...]:
        return (_query(target, f'--query "{soql}"{flag}', f"{stem}.csv"),)

    return Recipe(commands, lambda _: 1, f"{setup}; or the same query in Data Loader, which writes ISO days")


def save_query(target: PlanTarget, stem: str, soql: str) -> tuple[str, str]:
    """Two commands: keep the query beside its answer, so that its columns can be named, and run it."""
    file = shlex.quote(f"{target.folder}/{stem}.soql")
    folder = shlex.quote(f"{target.folder}/{stem}".rpartition("/")[0])
    write = f"mkdir -p {folder} && printf '%s' {shlex.quote(soql)} > {file}"
    return write, _query(target, f"--file {file}", f"{stem}.csv")


def describe_loop(target: PlanTarget) -> tuple[str, ...]:
    """One describe for each report of the register that was ever run."""
    folder = shlex.quote(f"{target.folder}/report-describe")
    organization = f"--target-org {shlex.quote(target.organization)}"
    listing = f"sf data query --query {shlex.quote(_RUN_REPORTS)} --result-format csv {organization} | tail -n +2"
    describe = f'sf api request rest "{_DESCRIBE}" --stream-to-file {folder}/"$id".json {organization}'
    return (f"mkdir -p {folder}", f"{listing} | while read -r id; do {describe}; done")


_RUN_REPORTS = "SELECT Id FROM Report WHERE LastRunDate != null"
_DESCRIBE = "/services/data/v62.0/analytics/reports/$id/describe"


def _query(target: PlanTarget, what: str, name: str) -> str:
    output = shlex.quote(f"{target.folder}/{name}")
    organization = shlex.quote(target.organization)
    return f"sf data query {what} --result-format csv --output-file {output} --target-org {organization}"
