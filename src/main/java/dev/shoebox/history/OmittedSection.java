package dev.shoebox.history;

import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.text.Amounts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The section of a {@link HtmlReport} on what was not taken. */
final class OmittedSection {
    private final StringBuilder html;

    OmittedSection(StringBuilder html) {
        this.html = html;
    }

    void write(Omitted omitted) {
        if (omitted.passedOver().isEmpty() && omitted.leftOutFiles() + omitted.recentlyDeletedFiles() == 0) {
            return;
        }
        html.append("<section>\n");
        line("h2", "Not taken");
        line("p", "The source holds " + Amounts.count(omitted.found(), "file") + ". These were not backed up:");
        html.append("<ul class=\"notes\">\n");
        if (omitted.leftOutFiles() > 0) {
            line("li", Amounts.count(omitted.leftOutFiles(), "file") + " that you excluded");
        }
        if (omitted.recentlyDeletedFiles() > 0) {
            line("li", Amounts.count(omitted.recentlyDeletedFiles(), "file") + " in Recently Deleted");
        }
        if (omitted.files(false) > 0) {
            line("li", "no photos or videos: " + omitted.kinds(false));
        }
        if (omitted.files(true) > 0) {
            line("li", "made by operating systems and programs for their own use: " + omitted.kinds(true));
        }
        html.append("</ul>\n");
        Map<String, List<String>> byWhy = new LinkedHashMap<>();
        omitted.named().forEach(what -> byWhy.computeIfAbsent(what.why(), why -> new ArrayList<>())
                .add(name(what)));
        byWhy.forEach((why, names) -> {
            html.append("<details>\n<summary>")
                    .append(HtmlReport.safe(HtmlReport.capitalised(why)))
                    .append("</summary>\n<ul>\n");
            names.forEach(name -> line("li", name));
            html.append("</ul>\n</details>\n");
        });
        long unnamed = omitted.unnamed(false) + omitted.unnamed(true);
        if (unnamed > 0) {
            line("p", "and " + Amounts.count(unnamed, "more file") + ", not listed here");
        }
        html.append("</section>\n");
    }

    private static String name(PassedOver what) {
        return what.files() == 1 ? what.path() : what.path() + " (" + Amounts.count(what.files(), "file") + ")";
    }

    private void line(String tag, String text) {
        html.append('<')
                .append(tag)
                .append('>')
                .append(HtmlReport.safe(text))
                .append("</")
                .append(tag)
                .append(">\n");
    }
}
