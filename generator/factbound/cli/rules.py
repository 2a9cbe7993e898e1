"""`factbound rules`."""

from __future__ import annotations

import click


@click.command()
@click.argument("id", required=False)
@click.option("--markdown", "as_markdown", is_flag=True, help="Print docs/rules.md, the page of all rules.")
def rules(id: str | None, as_markdown: bool) -> None:
    """Explain the rule with this ID, or list all rules.

    A problem shows the id of its rule in brackets.

    \b
    Example:
        factbound rules figure-uncited
    """
    from ..problems import likely
    from ..rules import RULES, explanation, listing, page

    if id is not None and id not in RULES:
        todo = likely(id, RULES) or "factbound rules lists them"
        raise click.BadParameter(f"there is no rule '{id}' ({todo})", param_hint="ID")
    if as_markdown:
        click.echo(page(RULES.values()), nl=False)
    else:
        click.echo(explanation(RULES[id]) if id else listing(RULES.values()))
