package dev.shoebox.export;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the CSV files in the data export of privacy.apple.com. */
final class AppleDetails {
    /** {@code Photo Details.csv}, {@code Photo Details-1.csv}: one row for each photo of the folder. */
    private static final Pattern DETAILS = Pattern.compile("Photo Details(-\\d+)?\\.csv", Pattern.CASE_INSENSITIVE);

    /** {@code Sunday May 28,2017 4:53 PM GMT}. */
    private static final Pattern DATE = Pattern.compile("\\p{L}*[\\s,]*(\\p{L}+)\\.?\\s+(\\d{1,2}),\\s*(\\d{4}),?\\s+"
            + "(\\d{1,2}):(\\d{2})(?::(\\d{2}))?[\\s\u00a0\u202f]*(AM|PM|am|pm)?[\\s\u00a0\u202f]*(?:GMT|UTC|Z)?\\s*");

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /**
     * One row.
     *
     * @param created when the photo was taken, by the camera or as corrected by its owner; to the minute
     * @param checksum the fingerprint of the original in Photos, as written there
     */
    record Detail(
            Optional<Instant> created, boolean favourite, boolean hidden, boolean deleted, Optional<String> checksum) {}

    private AppleDetails() {}

    static boolean isDetails(String name) {
        return DETAILS.matcher(name).matches();
    }

    /** Returns the rows by name of the photo. If a name occurs twice, only values in which both rows agree are kept. */
    static Map<String, Detail> parse(String text) {
        List<List<String>> rows = Csv.rows(text);
        Map<String, Detail> details = new HashMap<>();
        if (rows.isEmpty()) {
            return details;
        }
        List<String> header = rows.get(0).stream()
                .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
                .toList();
        int name = header.indexOf("imgname");
        if (name < 0) {
            return details;
        }
        for (List<String> row : rows.subList(1, rows.size())) {
            Detail detail = new Detail(
                    cell(row, header.indexOf("originalcreationdate")).flatMap(AppleDetails::date),
                    isYes(row, header.indexOf("favorite")),
                    isYes(row, header.indexOf("hidden")),
                    isYes(row, header.indexOf("deleted")),
                    cell(row, header.indexOf("filechecksum")));
            cell(row, name).ifPresent(photo -> details.merge(photo, detail, AppleDetails::common));
        }
        return details;
    }

    /** A photo that may not have been deleted is not left out. */
    private static Detail common(Detail one, Detail other) {
        return new Detail(
                one.created().filter(created -> other.created().equals(Optional.of(created))),
                one.favourite() && other.favourite(),
                one.hidden() && other.hidden(),
                one.deleted() && other.deleted(),
                one.checksum().filter(checksum -> other.checksum().equals(Optional.of(checksum))));
    }

    /** Returns the names of the photos in the CSV file of an album, without the header. */
    static List<String> album(String text) {
        List<List<String>> rows = Csv.rows(text);
        List<String> names = new ArrayList<>();
        boolean isAlbum = !rows.isEmpty()
                && List.of("images", "imagename", "imgname")
                        .contains(rows.get(0).get(0).strip().toLowerCase(Locale.ROOT));
        if (isAlbum) {
            rows.subList(1, rows.size()).forEach(row -> names.add(row.get(0).strip()));
        }
        return names;
    }

    static Optional<Instant> date(String text) {
        Matcher date = DATE.matcher(text.strip());
        if (!date.matches()) {
            return Optional.empty();
        }
        String month = date.group(1).toLowerCase(Locale.ROOT);
        int hour = Integer.parseInt(date.group(4));
        if (date.group(7) != null) {
            boolean afternoon = date.group(7).equalsIgnoreCase("PM");
            if (hour < 1 || hour > 12) {
                return Optional.empty();
            }
            hour = hour % 12 + (afternoon ? 12 : 0);
        }
        try {
            return Optional.of(LocalDateTime.of(
                            Integer.parseInt(date.group(3)),
                            MONTHS.indexOf(month.substring(0, Math.min(3, month.length()))) + 1,
                            Integer.parseInt(date.group(2)),
                            hour,
                            Integer.parseInt(date.group(5)),
                            date.group(6) == null ? 0 : Integer.parseInt(date.group(6)))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    private static Optional<String> cell(List<String> row, int column) {
        return column < 0 || column >= row.size() || row.get(column).isBlank()
                ? Optional.empty()
                : Optional.of(row.get(column).strip());
    }

    private static boolean isYes(List<String> row, int column) {
        return cell(row, column)
                .filter(text -> text.equalsIgnoreCase("yes") || text.equalsIgnoreCase("true"))
                .isPresent();
    }
}
