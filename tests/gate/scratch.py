"""Scratch repositories with a small Salesforce project, for tests of the gate."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from auditor.dataclasses import dataclass

CONFIG = """version: 1
company: Scratch
systems: [{name: crm, role: crm, sources: [{kind: salesforce, path: force-app}]}]
policies: [policies/own.yaml]
"""
POLICIES = """version: 1
policies:
  - id: own/purpose
    title: Field without a description
    severity: low
    pillar: documentation
    target: {kind: field, where: {custom: true, in_repo: true}}
    require: {description: {present: true}}
    why: Nobody knows what it is for.
    fix: Write a sentence.
  - id: own/few-fields
    title: Object with many fields
    severity: medium
    pillar: usage
    target: {kind: object, where: {role: crm, custom: true}}
    require: {count: {rel: fields, where: {custom: true, in_repo: true}, le: 2}}
    why: Nobody finds anything.
    fix: Remove some.
  - id: own/defined
    title: Field that nothing defines
    severity: high
    pillar: documentation
    target: {kind: field, where: {custom: true}}
    forbid: {in_repo: false}
    why: It breaks the deployment.
    fix: Take out what mentions it.
  - id: own/reported
    title: Field that no report shows
    severity: medium
    pillar: usage
    target: {kind: field, where: {custom: true, in_repo: true, description: {contains: reported}}}
    require: {in_report: true}
    why: It was asked for by a report.
    fix: Ask who reads it now.
"""
DAY = "2026-11-22"


def field_xml(name: str, description: str = "What it says", kind: str = "Text") -> str:
    """A field in source format; without a description where that is empty."""
    told = f"    <description>{description}</description>\n" if description else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">\n'
        f"    <fullName>{name}</fullName>\n{told}    <label>{name.removesuffix('__c')}</label>\n"
        f"    <length>80</length>\n    <type>{kind}</type>\n</CustomField>\n"
    )


def object_xml(label: str) -> str:
    """A custom object in source format."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">\n'
        f"    <deploymentStatus>Deployed</deploymentStatus>\n    <label>{label}</label>\n"
        f"    <pluralLabel>{label}s</pluralLabel>\n"
        "    <nameField><label>Name</label><type>Text</type></nameField>\n"
        "    <sharingModel>ReadWrite</sharingModel>\n</CustomObject>\n"
    )


def layout_xml(*fields: str) -> str:
    """A page layout that shows some fields."""
    items = "".join(
        f"<layoutItems><behavior>Edit</behavior><field>{name}</field></layoutItems>\n" for name in fields
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Layout xmlns="http://soap.sforce.com/2006/04/metadata">\n'
        f"<layoutSections><layoutColumns>\n{items}</layoutColumns></layoutSections>\n</Layout>\n"
    )


def report_xml(*fields: str) -> str:
    """A report on the object with some columns."""
    columns = "".join(f"    <columns><field>Thing__c${name}</field></columns>\n" for name in fields)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Report xmlns="http://soap.sforce.com/2006/04/metadata">\n'
        f"{columns}    <format>Tabular</format>\n    <name>Things</name>\n"
        "    <reportType>CustomEntity$Thing__c</reportType>\n</Report>\n"
    )


FIELDS = "force-app/main/default/objects/Thing__c/fields"
LAYOUT = "force-app/main/default/layouts/Thing__c-Thing Layout.layout-meta.xml"
REPORT = "force-app/main/default/reports/Sales/Things.report-meta.xml"
PROJECT: Mapping[str, str] = {
    "auditor.yaml": CONFIG,
    "policies/own.yaml": POLICIES,
    "sfdx-project.json": '{"packageDirectories": [{"path": "force-app", "default": true}]}\n',
    "force-app/main/default/objects/Thing__c/Thing__c.object-meta.xml": object_xml("Thing"),
    f"{FIELDS}/A__c.field-meta.xml": field_xml("A__c"),
    f"{FIELDS}/B__c.field-meta.xml": field_xml("B__c", "reported"),
    LAYOUT: layout_xml("A__c"),
    REPORT: report_xml("B__c"),
    "force-app/main/default/reports/Sales/Others.report-meta.xml": report_xml("A__c"),
}


def clean_environment() -> dict[str, str]:
    """This environment without what a hook that runs the tests may have set, with a name for commits."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    who = {
        f"GIT_{role}_{what}": "test@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    days = {f"GIT_{role}_DATE": "2026-01-02T03:04:05Z" for role in ("AUTHOR", "COMMITTER")}
    return {**own, **who, **days, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


@dataclass(frozen=True, slots=True)
class Scratch:
    """A repository in a folder of its own."""

    top: Path

    def git(self, *arguments: str) -> str:
        """Run git there; what it prints."""
        done = subprocess.run(
            ["git", *arguments], cwd=self.top, env=clean_environment(), check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def write(self, files: Mapping[str, str], stage: bool = True) -> None:
        """Write files, and stage them."""
        for name, text in files.items():
            path = self.top / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        if stage:
            self.git("add", "--", *files)

    def commit(self, message: str = "a change") -> str:
        """Commit what is staged; the id of the commit."""
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD")


def scratch(folder: Path, files: Mapping[str, str] = PROJECT, *, options: tuple[str, ...] = ()) -> Scratch:
    """A repository with the project committed."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Scratch(folder)
    made.git("init", "-q", "-b", "main", *options)
    made.write(files)
    made.commit("the project")
    return made
