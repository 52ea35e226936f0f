package dev.shoebox.library;

import dev.shoebox.library.database.NoLibraryException;
import dev.shoebox.library.database.Row;
import dev.shoebox.library.database.Tables;
import dev.shoebox.library.database.Tables.Table;
import dev.shoebox.photos.fingerprint.Claim;
import dev.shoebox.photos.fingerprint.ClaimTable;
import dev.shoebox.photos.fingerprint.Claims;
import dev.shoebox.photos.fingerprint.Claims.Part;
import dev.shoebox.photos.fingerprint.Fingerprint;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the fingerprints that Photos keeps of its files. Their columns are known from 37 libraries of macOS 10.15 to
 * 16, which share their tables with iOS 13 to 26; their existence is tested, not derived from a version. Invalid texts
 * are ignored.
 */
final class FingerprintReader {
    private static final String ATTRIBUTES = "ZADDITIONALASSETATTRIBUTES";
    private static final String RESOURCES = "ZINTERNALRESOURCE";

    /** The columns of the original, the newer one first: if both have a value, it was written last. */
    private static final List<String> ORIGINAL = List.of("ZORIGINALSTABLEHASH", "ZMASTERFINGERPRINT");

    private static final List<String> EDIT = List.of("ZADJUSTEDSTABLEHASH", "ZADJUSTEDFINGERPRINT");
    private static final List<String> RESOURCE = List.of("ZSTABLEHASH", "ZFINGERPRINT");

    /** The subtypes of resources that are files as imported. */
    private static final Map<Long, Part> SUBTYPES = Map.of(1L, Part.ORIGINAL, 17L, Part.RAW, 18L, Part.FILM);

    private final Map<Part, ClaimTable> byAsset = new EnumMap<>(Part.class);
    private final Map<Part, ClaimTable> byAttributes = new EnumMap<>(Part.class);
    private final ClaimTable byPath = new ClaimTable();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final int most;
    private int read;

    /** @param most the maximum number of claims */
    FingerprintReader(Tables tables, int most) throws NoLibraryException {
        this.most = most;
        for (Part part : Part.values()) {
            byAsset.put(part, new ClaimTable());
            byAttributes.put(part, new ClaimTable());
        }
        Optional<Table> attributes = tables.find(ATTRIBUTES);
        if (attributes.isPresent()) {
            readAttributes(attributes.get());
        }
        Optional<Table> resources = tables.find(RESOURCES);
        if (resources.isPresent()
                && resources.get().has("ZASSET")
                && resources.get().has("ZDATASTORESUBTYPE")) {
            readResources(resources.get());
        }
    }

    private void readAttributes(Table table) throws NoLibraryException {
        if (noneOf(table, ORIGINAL) && noneOf(table, EDIT)) {
            return;
        }
        List<String> wanted = new ArrayList<>(List.of("Z_PK", "ZASSET", "ZORIGINALFILESIZE"));
        wanted.addAll(ORIGINAL);
        wanted.addAll(EDIT);
        table.scan(wanted, row -> {
            OptionalLong asset = row.number("ZASSET");
            Map<Part, ClaimTable> claims = asset.isPresent() ? byAsset : byAttributes;
            long key = asset.orElse(row.numberOrZero("Z_PK"));
            for (Fingerprint original : fingerprints(row, ATTRIBUTES, ORIGINAL)) {
                claims.get(Part.ORIGINAL).add(key, new Claim(original, size(row, "ZORIGINALFILESIZE")));
            }
            for (Fingerprint edit : fingerprints(row, ATTRIBUTES, EDIT)) {
                claims.get(Part.EDIT).add(key, new Claim(edit, OptionalLong.empty()));
            }
        });
    }

    private void readResources(Table table) throws NoLibraryException {
        if (noneOf(table, RESOURCE)) {
            return;
        }
        StringBuilder condition = new StringBuilder("\"ZDATASTORESUBTYPE\" IN (1, 17, 18)");
        for (String column : List.of("ZDATASTORECLASSID", "ZVERSION")) {
            if (table.has(column)) {
                condition.append(" AND \"").append(column).append("\" = 0");
            }
        }
        List<String> wanted = new ArrayList<>(List.of("ZASSET", "ZDATASTORESUBTYPE", "ZDATALENGTH"));
        wanted.addAll(RESOURCE);
        table.scan(wanted, condition.toString(), row -> {
            for (Fingerprint claimed : fingerprints(row, RESOURCES, RESOURCE)) {
                Part part = SUBTYPES.get(row.numberOrZero("ZDATASTORESUBTYPE"));
                byAsset.get(part).add(row.numberOrZero("ZASSET"), new Claim(claimed, size(row, "ZDATALENGTH")));
            }
        });
    }

    private static boolean noneOf(Table table, List<String> columns) {
        return columns.stream().noneMatch(table::has);
    }

    private List<Fingerprint> fingerprints(Row row, String table, List<String> columns)
            throws SQLException, NoLibraryException {
        List<Fingerprint> all = new ArrayList<>(columns.size());
        for (String column : columns) {
            Optional<Fingerprint> found = row.text(column).flatMap(Fingerprint::of);
            if (found.isPresent()) {
                counts.merge(table + "." + column, 1, Integer::sum);
                all.add(found.get());
            }
        }
        if (!all.isEmpty() && read++ >= 4 * most) {
            throw new NoLibraryException("its fingerprints need more memory than is available");
        }
        return all;
    }

    private static OptionalLong size(Row row, String column) throws SQLException {
        OptionalLong size = row.number(column);
        return size.isPresent() && size.getAsLong() > 0 ? size : OptionalLong.empty();
    }

    /**
     * Adds the claims about the files of an asset.
     *
     * @param asset its primary key
     * @param attributes the asset's reference to its attributes; 0 if there is none
     * @param path of its primary original
     * @param trashed whether it was deleted; the file at its path may then be another one
     */
    void note(long asset, long attributes, String path, boolean trashed) {
        for (Part part : Part.values()) {
            if (attributes != 0) {
                Optional<Claim> more = byAttributes.get(part).find(attributes);
                more.ifPresent(claim -> byAsset.get(part).add(asset, claim));
            }
            Optional<Claim> claim = byAsset.get(part).find(asset);
            String key = Claims.key(part, path);
            if (claim.isPresent() && trashed) {
                byPath.put(key, claim.get());
            } else if (claim.isPresent()) {
                byPath.set(key, claim.get());
            }
        }
    }

    Claims claims() {
        return byPath.size() == 0 ? Claims.NONE : new Claims(byPath, counts);
    }
}
