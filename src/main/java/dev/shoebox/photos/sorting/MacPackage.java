package dev.shoebox.photos.sorting;

import dev.shoebox.photos.source.PassedOver.Kind;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packages that Photos, iPhoto and Aperture show as one library. Originals and results of edits are taken from
 * each: {@code originals} and {@code resources/renders} of Photos 5 and later; {@code Masters}, {@code Originals},
 * {@code Modified} and {@code fullsizeoutput} of earlier ones. Everything else was derived from these, or is a
 * database.
 */
final class MacPackage {
    private static final Pattern PACKAGE = Pattern.compile(
            "(?:.*/)?(?:[^/]+\\.(?:photoslibrary|photolibrary|migratedphotolibrary|migratedaperturelibrary|aplibrary)"
                    + "|iphoto library)(?:/(.*))?");

    private static final Set<String> TAKEN = Set.of("originals", "masters", "modified", "originals.noindex");

    /** Folders that are listed, though not everything in them is taken. */
    private static final Set<String> ENTERED =
            Set.of("resources", "resources/renders", "resources/media", "resources/media/version");

    private static final Pattern FULL_SIZE = Pattern.compile("fullsizeoutput_[0-9a-f]+\\.[a-z0-9]+");

    private MacPackage() {}

    /** Returns whether a folder of that name is a library. */
    static boolean isOne(String name) {
        return rest(name).filter(String::isEmpty).isPresent();
    }

    /** Classifies a folder of a library; empty if it is listed, or not in a library. */
    static Optional<Kind> folder(String path) {
        Optional<String> inside = rest(path).filter(rest -> !rest.isEmpty());
        if (inside.isEmpty()) {
            return Optional.empty();
        }
        String rest = inside.get();
        String first = rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
        boolean entered = TAKEN.contains(first)
                || ENTERED.contains(rest)
                || rest.startsWith("resources/renders/")
                || rest.startsWith("resources/media/version/");
        return entered ? Optional.empty() : Optional.of(first.equals("scopes") ? Kind.SHARED_ALBUM : Kind.DERIVATIVES);
    }

    /** Returns whether a file in a listed folder was derived from another. */
    static boolean isDerivative(String path) {
        String rest = rest(path).orElse("");
        if (rest.startsWith("resources/renders/")) {
            return !AssetGrouping.isEdit(path);
        }
        String name = rest.substring(rest.lastIndexOf('/') + 1);
        return rest.startsWith("resources/") && !FULL_SIZE.matcher(name).matches();
    }

    /** Returns the path below the innermost library, in lower case. */
    private static Optional<String> rest(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        if (!lower.contains("library")) {
            return Optional.empty();
        }
        Matcher matcher = PACKAGE.matcher(lower);
        return matcher.matches() ? Optional.of(matcher.group(1) == null ? "" : matcher.group(1)) : Optional.empty();
    }
}
