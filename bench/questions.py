"""The eight questions as a DuckDB user would write them, and how answers are compared.

Every question returns plain rows. `reduce` brings the answer of `questions time` (histograms,
moments, sketches) to the same rows. Whole numbers have to be equal, real ones to 1e-9 relative;
quantiles of sketches to 1 % of the value at their rank.
"""

NPS = "count(*) FILTER (item_nps >= 9), count(*) FILTER (item_nps <= 6), count(item_nps)"
ITEMS = [f"item_q{i}" for i in range(1, 9)]
PAIRS = [(a, b) for i, a in enumerate(ITEMS) for b in ITEMS[i:]]

SQL = {
    "nps_by_month": f"""
        SELECT date_trunc('month', local_date)::DATE, {NPS}
        FROM guest GROUP BY 1 HAVING count(item_nps) > 0""",
    "nps_by_unit_month": f"""
        SELECT unit, date_trunc('month', local_date)::DATE, {NPS}
        FROM guest GROUP BY 1, 2 HAVING count(item_nps) > 0""",
    "top_box_by_channel_segment": """
        SELECT channel, attr_segment, count(*) FILTER (item_overall >= 4), count(item_overall)
        FROM guest WHERE local_date BETWEEN '2025-04-01' AND '2025-06-30' GROUP BY 1, 2""",
    "alignment_by_unit_quarter": f"""
        WITH outside AS (
            SELECT unit, date_trunc('quarter', local_date)::DATE AS quarter, {NPS}
            FROM guest GROUP BY 1, 2 HAVING count(item_nps) > 0),
        inside AS (
            SELECT unit, date_trunc('quarter', local_date)::DATE AS quarter,
                   count(item_happy), avg(item_happy), var_samp(item_happy)
            FROM pulse GROUP BY 1, 2 HAVING count(item_happy) > 0)
        SELECT * FROM outside JOIN inside USING (unit, quarter)""",
    "weekly_conformance_of_one_unit": """
        SELECT date_trunc('week', local_date)::DATE, count(*) FILTER (kept), count(kept)
        FROM observations WHERE unit = 'unit-0040' AND standard = 'standard-03' GROUP BY 1""",
    "p95_by_unit_standard": """
        SELECT unit, standard, count(value), approx_quantile(value, 0.95)
        FROM observations GROUP BY 1, 2""",
    "cross_products_of_eight_items": f"""
        SELECT count(*), {", ".join(f"sum({a})" for a in ITEMS)},
               {", ".join(f"sum({a} * {b})" for a, b in PAIRS)}
        FROM guest WHERE {" AND ".join(f"{a} IS NOT NULL" for a in ITEMS)}""",
    "histogram_by_unit_role_tenure": """
        SELECT unit, attr_role, attr_tenure, item_happy, count(*)
        FROM pulse WHERE item_happy IS NOT NULL GROUP BY ALL""",
}

# The value at the rank that a sketch gives, 0-based ⌊q (n − 1)⌋; for the answer, not for the time.
CHECKED_P95 = SQL["p95_by_unit_standard"].replace(
    "approx_quantile(value, 0.95)",
    "list_sort(list(value))[1 + floor(0.95 * (count(value) - 1))::INTEGER]",
)
# What the exact quantile takes, for comparison with the approximate one.
EXACT_P95 = SQL["p95_by_unit_standard"].replace(
    "approx_quantile(value, 0.95)", "quantile_disc(value, 0.95)"
)

TITLE = {
    "nps_by_month": "NPS by month",
    "nps_by_unit_month": "NPS by unit × month",
    "top_box_by_channel_segment": "top box by channel × segment, one quarter",
    "alignment_by_unit_quarter": "alignment by unit × quarter",
    "weekly_conformance_of_one_unit": "weekly conformance of one unit",
    "p95_by_unit_standard": "p95 by unit × standard (20,000 groups)",
    "cross_products_of_eight_items": "cross products of eight items",
    "histogram_by_unit_role_tenure": "histogram by unit × role × tenure",
}


def _nps(counts):
    """Promoters, detractors and n of a histogram of the scores 0 to 10."""
    return sum(counts[9:]), sum(counts[:7]), sum(counts)


def _moments(counts):
    """n, mean and variance of a histogram of the scores 1 to 5."""
    n = sum(counts)
    total = sum(score * count for score, count in enumerate(counts, 1))
    squares = sum(score * score * count for score, count in enumerate(counts, 1))
    variance = (squares - total * total / n) / (n - 1) if n > 1 else None
    return n, total / n, variance


def reduce(name, answer):
    """Our answer as the rows of the SQL."""
    if name == "nps_by_month":
        return [(row[0], *_nps(row[1:])) for row in answer[0]]
    if name == "nps_by_unit_month":
        return [(row[0], row[1], *_nps(row[2:])) for row in answer[0]]
    if name == "top_box_by_channel_segment":
        return [(row[0], row[1], sum(row[5:]), sum(row[2:])) for row in answer[0]]
    if name == "alignment_by_unit_quarter":
        inside = {(row[0], row[1]): row[2:] for row in answer[1]}
        return [
            (row[0], row[1], *_nps(row[2:]), *_moments(inside[row[0], row[1]]))
            for row in answer[0]
            if (row[0], row[1]) in inside
        ]
    if name == "weekly_conformance_of_one_unit":
        return [(row[0], int(row[1]), row[2]) for row in answer[0]]
    if name == "p95_by_unit_standard":
        return [tuple(row) for row in answer[0]]
    if name == "cross_products_of_eight_items":
        n, means, products = answer[0][0]
        at = {item: mean for item, mean in zip(ITEMS, means)}
        # Centred products back to raw sums, to compare with whole numbers.
        raw = [c + n * at[a] * at[b] for (a, b), c in zip(PAIRS, products)]
        return [(n, *(round(n * mean) for mean in means), *(round(x) for x in raw))]
    return [
        (row[0], row[1], row[2], score, count)
        for row in answer[0]
        for score, count in enumerate(row[3:], 1)
        if count
    ]


def differences(name, ours, theirs):
    """What differs between two sets of rows, in words; empty when nothing does."""
    keys = {"nps_by_month": 1, "weekly_conformance_of_one_unit": 1, "cross_products_of_eight_items": 0,
            "histogram_by_unit_role_tenure": 4}.get(name, 2)
    plain = lambda row: tuple(v.isoformat() if hasattr(v, "isoformat") else v for v in row)
    ours = {plain(row)[:keys]: plain(row)[keys:] for row in ours}
    theirs = {plain(row)[:keys]: plain(row)[keys:] for row in theirs}
    found = [f"{key} only on one side" for key in ours.keys() ^ theirs.keys()]
    tolerance = 0.011 if name == "p95_by_unit_standard" else 1e-9
    for key in ours.keys() & theirs.keys():
        for a, b in zip(ours[key], theirs[key]):
            if a != b and (a is None or b is None or abs(a - b) > tolerance * max(abs(a), abs(b))):
                found.append(f"{key}: {ours[key]} and {theirs[key]}")
                break
    return found
