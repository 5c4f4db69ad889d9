"""Learns what each signal of the classifier weighs, and measures it on objects of sources that it has not seen.

    python bench/train_concepts.py GOLD.csv            leaves one source out at a time; prints the measures
    python bench/train_concepts.py GOLD.csv --write    learns from all rows and writes policies/lexicon/model.yaml
    python bench/train_concepts.py GOLD.csv --pred F   writes the answers given with the row's source left out

Weights are shared by all concepts: a dozen numbers, not a dozen for each. A conditional logit with an L2 penalty,
fitted by Newton's method; no library is needed.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from auditor.concepts.classifying import Classifier, load_classifier
from auditor.concepts.natures import NATURE_OF
from auditor.concepts.signals import read_profile, signals
from bench.predict_concepts import language_of, profile_of, read_rows

MODEL = Path(__file__).resolve().parent.parent / "policies" / "lexicon" / "model.yaml"
PENALTY = 1.0
UNSURE = 0.7
"""Weight of a row on which experts might differ."""
STEPS, NEAR, TINY = 40, 1e-4, 1e-300
ERP_OWNED_BESIDES = ("stock", "price", "product_structure")


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled object: what each signal says for each concept."""

    id: str
    concept: str
    source: str
    language: str
    weight: float
    values: Mapping[str, Mapping[str, float]]


def examples(path: Path, classifier: Classifier) -> Iterator[Example]:
    """Read a gold file."""
    for row in read_rows(path):
        profile = profile_of(row)
        told = read_profile(profile, classifier.reader, classifier.knowledge, language_of(row))
        weight = UNSURE if row.get("confidence") == "medium" else 1.0
        values = signals(told, classifier.knowledge)
        yield Example(row["id"], row["concept"], row.get("source", ""), row.get("language", ""), weight, values)


def shares(values: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]) -> dict[str, float]:
    """Concept → probability."""
    scores = {each: sum(weights.get(s, 0.0) * v for s, v in found.items()) for each, found in values.items()}
    top = max(scores.values())
    grown = {each: math.exp(score - top) for each, score in scores.items()}
    total = sum(grown.values())
    return {each: value / total for each, value in grown.items()}


def learned(rows: Sequence[Example], names: Sequence[str]) -> dict[str, float]:
    """The weights that make the labels likeliest."""
    at = {name: index for index, name in enumerate(names)}
    weights = dict.fromkeys(names, 0.0)
    for _ in range(STEPS):
        slope, curve = _slopes(rows, weights, at)
        step = solved(curve, slope)
        before, length = _worth(rows, weights), 1.0
        while length > NEAR:
            tried = {name: weights[name] + length * step[at[name]] for name in names}
            if _worth(rows, tried) >= before:
                break
            length /= 2
        weights = tried if length > NEAR else weights
        if max(abs(each) for each in step) * length < NEAR:
            break
    return weights


def _worth(rows: Sequence[Example], weights: Mapping[str, float]) -> float:
    """The penalised likelihood (its logarithm)."""
    likely = sum(row.weight * math.log(shares(row.values, weights)[row.concept] + TINY) for row in rows)
    return likely - PENALTY * sum(each * each for each in weights.values()) / 2


def _slopes(
    rows: Sequence[Example], weights: Mapping[str, float], at: Mapping[str, int]
) -> tuple[list[float], list[list[float]]]:
    """First and (negative) second derivatives of the penalised likelihood."""
    size = len(at)
    slope = [-PENALTY * weights[name] for name in at]
    curve = [[PENALTY if i == j else 0.0 for j in range(size)] for i in range(size)]
    for row in rows:
        mean = [0.0] * size
        for concept, share in shares(row.values, weights).items():
            found = [(at[s], v) for s, v in row.values[concept].items()]
            for i, value in found:
                mean[i] += share * value
                slope[i] += row.weight * value * (concept == row.concept)
                for j, other in found:
                    curve[i][j] += row.weight * share * value * other
        for i in range(size):
            slope[i] -= row.weight * mean[i]
            for j in range(size):
                curve[i][j] -= row.weight * mean[i] * mean[j]
    return slope, curve


def solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of a positive definite system (Gauss)."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for i in range(size):
        pivot = max(range(i, size), key=lambda j: abs(rows[j][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for j in range(i + 1, size):
            factor = rows[j][i] / rows[i][i]
            rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (rows[i][size] - sum(rows[i][j] * found[j] for j in range(i + 1, size))) / rows[i][i]
    return found


def left_out(rows: Sequence[Example], names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Id → probabilities by weights that were learned without the row's source."""
    found: dict[str, dict[str, float]] = {}
    for source in sorted({row.source for row in rows}):
        weights = learned([row for row in rows if row.source != source], names)
        found |= {row.id: shares(row.values, weights) for row in rows if row.source == source}
    return found


def measures(rows: Sequence[Example], answers: Mapping[str, str], natures: Mapping[str, str]) -> dict[str, float]:
    """Macro-F1, nature accuracy, precision and recall of what an ERP owns, accuracy by language."""
    right = Counter(row.concept for row in rows if answers[row.id] == row.concept)
    wanted, given = Counter(row.concept for row in rows), Counter(answers[row.id] for row in rows)
    f1 = [2 * right[each] / (wanted[each] + given[each]) for each in wanted]
    owned = {each for each, nature in natures.items() if nature == "transaction"} | set(ERP_OWNED_BESIDES)
    both = sum(row.concept in owned and answers[row.id] in owned for row in rows)
    found = {
        "accuracy": sum(right.values()) / len(rows),
        "macro-F1": sum(f1) / len(f1),
        "nature": sum(natures[row.concept] == natures[answers[row.id]] for row in rows) / len(rows),
        "ERP-owned precision": both / max(1, sum(given[each] for each in owned)),
        "ERP-owned recall": both / max(1, sum(wanted[each] for each in owned)),
    }
    groups = {"en": "English", "de": "German and Nordic", "sv": "German and Nordic", "da": "German and Nordic"}
    by: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        by[groups.get(row.language, "German and Nordic" if row.language == "nb" else "other languages")].append(
            answers[row.id] == row.concept
        )
    return found | {group: sum(values) / len(values) for group, values in sorted(by.items())}


def reliability(
    rows: Sequence[Example], found: Mapping[str, Mapping[str, float]]
) -> Iterator[tuple[str, int, float, float]]:
    """Band of confidence, rows in it, mean confidence, share that is right."""
    bands = ((0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01))
    for low, high in bands:
        inside = [
            (max(p.values()), max(p, key=lambda c: p[c]) == row.concept)
            for row in rows
            if low <= max((p := found[row.id]).values()) < high
        ]
        if inside:
            told, right = sum(c for c, _ in inside), sum(r for _, r in inside)
            yield f"{low:.1f} to {min(high, 1.0):.1f}", len(inside), told / len(inside), right / len(inside)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--pred", type=Path)
    arguments = parser.parse_args()
    classifier = load_classifier()
    rows = list(examples(arguments.gold, classifier))
    names = sorted({signal for row in rows for found in row.values.values() for signal in found})
    if arguments.write:
        _write(learned(rows, names), len(rows))
        return
    found = left_out(rows, names)
    answers = {each: max(p, key=lambda concept: p[concept]) for each, p in found.items()}
    for name, value in measures(rows, answers, NATURE_OF).items():
        print(f"{name:22} {value:.3f}")
    print("\nconfidence      rows  told  right")
    for band, count, told, right in reliability(rows, found):
        print(f"{band:14} {count:5}  {told:.2f}  {right:.2f}")
    confused = Counter((row.concept, answers[row.id]) for row in rows if answers[row.id] != row.concept)
    print("\nconfused\n" + "\n".join(f"{n:3} {a} taken for {b}" for (a, b), n in sorted(confused.items())))
    if arguments.pred:
        with arguments.pred.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "concept", "score"])
            writer.writerows([each, answers[each], f"{found[each][answers[each]]:.4f}"] for each in answers)


def _write(weights: Mapping[str, float], count: int) -> None:
    lines = "".join(f"  {name}: {value:.4f}\n" for name, value in sorted(weights.items()))
    MODEL.write_text(
        "# What each signal weighs, for every concept alike; learned by bench/train_concepts.py --write\n"
        f"# from {count} labelled objects. Read them: a weight says how much one unit of the signal adds to the\n"
        "# logarithm of the odds. Review every change.\n"
        f"version: 1\nweights:\n{lines}",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
