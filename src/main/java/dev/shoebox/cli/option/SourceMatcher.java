package dev.shoebox.cli.option;

import dev.shoebox.photos.source.SourceId;

import java.util.Locale;

/** Matches a source that was backed up with what a person typed for it. */
public final class SourceMatcher {
    /** This many characters at the end of a UDID distinguish phones; the first ones are those of the model. */
    private static final int SHORT_UDID = 8;

    private SourceMatcher() {}

    /** @param typed a UDID or at least its last 8 characters, or the name of a phone, folder or archive */
    public static boolean isMeant(SourceId source, String typed) {
        String id = source.id().toLowerCase(Locale.ROOT);
        String wanted = typed.toLowerCase(Locale.ROOT);
        return id.equals(wanted)
                || (wanted.length() >= SHORT_UDID && id.endsWith(wanted))
                || asTyped(source.name()).equals(asTyped(typed));
    }

    /** iOS puts an apostrophe into names that keyboards do not have. */
    private static String asTyped(String name) {
        return name.replace('\u2019', '\'').toLowerCase(Locale.ROOT);
    }
}
