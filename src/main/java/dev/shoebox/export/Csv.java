package dev.shoebox.export;

import java.util.ArrayList;
import java.util.List;

/** Parses comma-separated values (RFC 4180). Continues after violations of the format. */
final class Csv {
    /** Further rows and cells are ignored: a file can contain any number of either. */
    private static final int MOST_ROWS = 200_000;

    private static final int MOST_CELLS = 64;

    private final String text;
    private int at;

    private Csv(String text) {
        this.text = text;
        this.at = text.startsWith("\ufeff") ? 1 : 0;
    }

    /** Returns every row that is not empty. The first one is the header. */
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

    /** Stops at the comma or the end of the line after the cell. */
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
