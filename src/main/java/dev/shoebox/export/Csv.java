package dev.shoebox.export;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values as RFC 4180 has them; reads on where a file breaks its rules. */
final class Csv {
    /** Rows and cells beyond are not read: a file can claim any number of either. */
    private static final int MOST_ROWS = 200_000;

    private static final int MOST_CELLS = 64;

    private final String text;
    private int at;

    private Csv(String text) {
        this.text = text;
        this.at = text.startsWith("\ufeff") ? 1 : 0;
    }

    /** Every row that has something in it; the first one is the header. */
    static List<List<String>> rows(String text) {
        Csv csv = new Csv(text);
        List<List<String>> rows = new ArrayList<>();
        while (csv.at < text.length() && rows.size() < MOST_ROWS) {
            List<String> row = csv.row();
            if (row.size() > 1 || !row.get(0).isBlank()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private List<String> row() {
        List<String> row = new ArrayList<>();
        while (true) {
            String cell = cell();
            if (row.size() < MOST_CELLS) {
                row.add(cell);
            }
            if (at >= text.length()) {
                return row;
            }
            char end = text.charAt(at++);
            if (end != ',') {
                if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                    at++;
                }
                return row;
            }
        }
    }

    /** Leaves off at the comma or the end of the line behind the cell. */
    private String cell() {
        StringBuilder cell = new StringBuilder();
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        if (quoted) {
            at++;
        }
        while (at < text.length()) {
            char next = text.charAt(at);
            if (quoted && next == '"') {
                boolean escaped = at + 1 < text.length() && text.charAt(at + 1) == '"';
                at += escaped ? 2 : 1;
                if (escaped) {
                    cell.append('"');
                } else {
                    quoted = false;
                }
            } else if (!quoted && (next == ',' || next == '\n' || next == '\r')) {
                break;
            } else {
                cell.append(next);
                at++;
            }
        }
        return cell.toString();
    }
}
