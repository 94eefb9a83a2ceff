"""Writes the report of an evaluation: tables by language and group, and a curve."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.commands.evaluating import OUTCOMES, Result
from bot.knowledge.base import KnowledgeBase
from bot.services.risk import RiskPoint

Curves = Mapping[str, Sequence[RiskPoint]]


def write_report(
    folder: Path,
    results: Mapping[str, Sequence[Result]],
    curves: Curves,
    answer_from: Mapping[str, RiskPoint],
    knowledge: KnowledgeBase,
) -> Path:
    """Write report.md and curve.png into a folder and return the report's path.

    `curves`: for each language the risk curve; `answer_from`: the point on it at
    which the assistant answers.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _draw(curves, answer_from, folder / "curve.png")
    lines = ["# How well the assistant answers", ""]
    lines += ["Shares in percent. `right`: answered with an accepted entry, or refused"]
    lines += ["what nothing answers. `offered`: among the choices it asked back with."]
    lines += ["`referred`: a person was offered where that is proper.", ""]
    for name, part in results.items():
        lines += [f"## {name}", ""]
        lines += _markdown("messages", _by_section(part))
        in_scope = [result for result in part if result.row["accept_known"]]
        if in_scope:
            lines += ["", "By group of the right entry:", ""]
            lines += _markdown("group", _by_group(in_scope, knowledge))
        lines.append("")
    lines += ["## Wrong answers against coverage", "", "![curve](curve.png)", ""]
    for language, point in answer_from.items():
        lines.append(
            f"- {language}: answers {100 * point.coverage:.1f} % of the answerable "
            f"messages, {100 * point.wrong:.1f} % wrongly"
        )
    path = folder / "report.md"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _by_section(results: Sequence[Result]) -> dict[str, list[Result]]:
    sections: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        sections[result.section].append(result)
        sections[f"{result.section}, {result.row.get('lang', '?')}"].append(result)
    return dict(sorted(sections.items()))


def _by_group(
    results: Sequence[Result], knowledge: KnowledgeBase
) -> dict[str, list[Result]]:
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        entry = knowledge.find(str(result.row["accept_known"][0]))
        groups[entry.group if entry else "?"].append(result)
    return dict(sorted(groups.items()))


def _markdown(title: str, parts: Mapping[str, Sequence[Result]]) -> list[str]:
    lines = [f"| {title} | n | {' | '.join(OUTCOMES)} |"]
    lines.append("|---" * (len(OUTCOMES) + 2) + "|")
    for name, part in parts.items():
        counts = Counter(result.outcome for result in part)
        cells = [f"{100 * counts[o] / len(part):.1f}" for o in OUTCOMES]
        lines.append(f"| {name} | {len(part)} | {' | '.join(cells)} |")
    return lines


def _draw(curves: Curves, answer_from: Mapping[str, RiskPoint], path: Path) -> None:
    # Drawing needs half a second to load; nothing else does.
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for language, curve in curves.items():
        line = axes.plot(
            [100 * point.coverage for point in curve],
            [100 * point.wrong for point in curve],
            label=language,
        )[0]
        chosen = answer_from[language]
        axes.plot(
            100 * chosen.coverage, 100 * chosen.wrong, "o", color=line.get_color()
        )
    axes.set_xlabel("answerable messages that are answered, %")
    axes.set_ylabel("of all answerable messages answered wrongly, %")
    axes.set_title("Wrong answers against coverage (dot: where it answers now)")
    axes.set_xlim(0, 100)
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    pyplot.close(figure)
