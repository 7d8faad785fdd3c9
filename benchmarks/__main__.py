"""Run the benchmarks and print a line each."""

import sys

from benchmarks import (
    edits,
    evppi,
    experiments,
    kills,
    montecarlo,
    net_present_value,
    payloads,
    prim,
    report,
    round_trip,
    smaa,
    tampering,
    what_if,
    withheld,
    working,
)

BENCHMARKS = {
    "report": report.run,
    "net_present_value": net_present_value.run,
    "montecarlo": montecarlo.run,
    "smaa": smaa.run,
    "evppi": evppi.run,
    "prim": prim.run,
    "experiments": experiments.run,
    "what_if": what_if.run,
    "edits": edits.run,
    "payloads": payloads.run,
    "round_trip": round_trip.run,
    "tampering": tampering.run,
    "withheld": withheld.run,
    "working": working.run,
    "kills": kills.run,
}


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all."""
    for name in names or list(BENCHMARKS):
        if name not in BENCHMARKS:
            print(f"There is no benchmark {name!r}; there are {', '.join(BENCHMARKS)}.", file=sys.stderr)
            return 2
        for line in BENCHMARKS[name]():
            print(f"{name}: {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
