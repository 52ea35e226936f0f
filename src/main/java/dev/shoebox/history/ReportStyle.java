package dev.shoebox.history;

/** The style sheet of {@link HtmlReport}: readable without colours, in dark mode, on a phone and on paper. */
final class ReportStyle {
    static final String TEXT = """

            :root { color-scheme: light dark; --ink: #1c1e21; --dim: #5f656d; --paper: #fff; --desk: #f3f4f6;
              --line: #e2e5e9; --good: #146c43; --good-bg: #e6f4ec; --mind: #8a5300; --mind-bg: #fdf1dc;
              --bad: #a4262c; --bad-bg: #fbe9ea; }
            @media (prefers-color-scheme: dark) { :root { --ink: #eceef0; --dim: #a2a9b1; --paper: #1d2023;
              --desk: #121416; --line: #33383d; --good: #7fd6a5; --good-bg: #14301f; --mind: #f0c173;
              --mind-bg: #33260f; --bad: #f3a1a5; --bad-bg: #3a1719; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--desk); color: var(--ink);
              font: 16px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
            main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
            header { border-radius: 14px; padding: 1.6rem 1.8rem; border-left: 8px solid; }
            header.good { background: var(--good-bg); border-color: var(--good); }
            header.mind { background: var(--mind-bg); border-color: var(--mind); }
            header.bad { background: var(--bad-bg); border-color: var(--bad); }
            header.good h1 { color: var(--good); } header.mind h1 { color: var(--mind); } header.bad h1 { color: var(--bad); }
            h1 { font-size: 1.65rem; line-height: 1.25; margin: .2rem 0 .4rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.05rem; margin: 0 0 .7rem; }
            p { margin: .3rem 0; overflow-wrap: anywhere; }
            .when { color: var(--dim); font-size: .95rem; }
            .todo { margin-top: .9rem; }
            section { background: var(--paper); border: 1px solid var(--line); border-radius: 14px;
              padding: 1.2rem 1.4rem; margin-top: 1rem; }
            .figures { display: flex; flex-wrap: wrap; gap: .8rem 2.2rem; }
            .figures div { min-width: 6rem; }
            .figures b { display: block; font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
            .figures span { color: var(--dim); font-size: .9rem; }
            .group + .group { border-top: 1px solid var(--line); margin-top: 1rem; padding-top: 1rem; }
            .group p { font-weight: 600; }
            ul { margin: .4rem 0 0; padding-left: 1.2rem; }
            .failures li, td.name { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .9rem; }
            td.name { width: 60%; }
            li, td { overflow-wrap: anywhere; }
            table { border-collapse: collapse; width: 100%; }
            td, th { text-align: left; padding: .3rem .8rem .3rem 0; vertical-align: top; font-weight: 400; }
            th { color: var(--dim); width: 8rem; white-space: nowrap; }
            tr + tr td, tr + tr th { border-top: 1px solid var(--line); }
            footer { color: var(--dim); font-size: .85rem; margin: 1.4rem .4rem 0; }
            @media print { body { background: none; } section, header { break-inside: avoid; } }
            """;

    private ReportStyle() {}
}
