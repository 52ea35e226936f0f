package dev.shoebox.run.alert;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A mail message (RFC 5322, 2045, 2047).
 *
 * @param from absent if the mail system provides it
 * @param to addresses, separated by commas
 */
record Mail(Optional<String> from, String to, Instant at) {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
    private static final int LINE = 76;

    /** This many bytes of UTF-8 become an encoded word of at most 75 characters. */
    private static final int WORD = 42;

    String text(Alert alert) {
        return from.map(address -> "From: " + oneLine(address) + "\n").orElse("")
                + "To: " + oneLine(to) + "\n"
                + "Subject: " + encoded(oneLine(alert.title())) + "\n"
                + "Date: " + DATE.format(at.atOffset(ZoneOffset.UTC)) + "\n"
                + "Auto-Submitted: auto-generated\n"
                + "MIME-Version: 1.0\n"
                + "Content-Type: text/plain; charset=utf-8\n"
                + "Content-Transfer-Encoding: base64\n\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'})
                        .encodeToString((alert.text() + "\n").getBytes(StandardCharsets.UTF_8))
                + "\n";
    }

    /** Removes line breaks, so that no name can add a line to the header. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static String encoded(String text) {
        if (text.chars().allMatch(letter -> letter < 0x7f) && text.length() < LINE) {
            return text;
        }
        StringBuilder words = new StringBuilder();
        StringBuilder word = new StringBuilder();
        for (int point : text.codePoints().toArray()) {
            String letter = Character.toString(point);
            if ((word + letter).getBytes(StandardCharsets.UTF_8).length > WORD) {
                words.append(word(word)).append("\n ");
                word.setLength(0);
            }
            word.append(letter);
        }
        return words.append(word(word)).toString();
    }

    private static String word(CharSequence text) {
        return "=?utf-8?B?" + Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8))
                + "?=";
    }
}
