package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.proof.Finding;
import dev.shoebox.destination.proof.Verification;
import dev.shoebox.destination.proof.Verification.Sample;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunResult;
import dev.shoebox.photos.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static dev.shoebox.destination.Backups.part;
import static dev.shoebox.destination.Backups.photo;
import static dev.shoebox.destination.Backups.shot;

/** A backup to be verified. */
abstract class VerificationCase {
    static final Backups.Shot[] SHOTS = {
        shot(
                part("DCIM/100APPLE/IMG_0001.HEIC", Role.PHOTO, "still"),
                part("DCIM/100APPLE/IMG_0001.MOV", Role.PAIRED_VIDEO, "moving")),
        photo("DCIM/100APPLE/IMG_0002.JPG", "two").taken("2025-02-03T04:05:06"),
        photo("DCIM/101APPLE/IMG_0002.JPG", "another two").undated(),
        photo("DCIM/101APPLE/IMG_0003.JPG", "two"),
    };

    @TempDir
    Path folder;

    Backups backups;
    long stopAfter = -1;
    final List<Finding> findings = new ArrayList<>();
    Verification.Progress last = new Verification.Progress(0, 0, 0, 0);

    @BeforeEach
    void begin() throws IOException {
        backups = new Backups(folder.resolve("backup"));
        backups.run(SHOTS);
    }

    Verification.Result verify(Destination destination, Sample sample) throws IOException {
        findings.clear();
        return destination.proofs().verify(sample, new Verification.Listener() {
            @Override
            public void found(Finding finding) {
                findings.add(finding);
            }

            @Override
            public void progress(Verification.Progress progress) {
                last = progress;
            }
        });
    }

    Verification.Result view(Sample sample) throws IOException {
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            return verify(view, sample);
        }
    }

    Path file(String path) {
        return backups.root.resolve(path);
    }

    /** Every row of the catalogue, without the numbers that join rows. */
    String rows() throws Exception {
        var rows = new StringBuilder();
        String url = "jdbc:sqlite:" + file(Catalogue.FILE).toUri();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (String query : List.of(
                    "SELECT * FROM ends ORDER BY 1",
                    "SELECT kind, key, name FROM sources ORDER BY 1, 2",
                    "SELECT path, folded, stem, folded_stem, role, sha256, size, captured_local, captured_offset,"
                            + " captured_origin, first_run, verified_at FROM files ORDER BY 1",
                    "SELECT s.key, r.path, r.size, modified, modified_nanos, created, created_nanos, r.role, asset,"
                            + " original_name, f.path FROM resources r JOIN sources s ON s.id = source"
                            + " JOIN files f ON f.id = file ORDER BY 1, 2, 3",
                    "SELECT * FROM runs ORDER BY started")) {
                try (var result = statement.executeQuery(query)) {
                    while (result.next()) {
                        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                            rows.append(result.getString(i)).append('|');
                        }
                        rows.append('\n');
                    }
                }
            }
        }
        return rows.toString();
    }

    static RunRecord run(String started, RunEnding how) {
        Instant begin = Instant.parse(started);
        return RecordedRun.of(
                Backups.PHONE,
                begin,
                begin.plusSeconds(60),
                how,
                RunResult.of(
                        new RunResult.Counts(0, 4, 1, 0, 0, 0), new RunResult.Traffic(20, Duration.ZERO, 0, Map.of())));
    }

    Verification.Result verify(Verification.Scope scope, InstantSource time) throws DestinationException {
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            var running = new Verification[1];
            running[0] = view.verification(scope, time, new Verification.Listener() {
                @Override
                public void found(Finding finding) {
                    findings.add(finding);
                }

                @Override
                public void progress(Verification.Progress progress) {
                    if (progress.files() == stopAfter) {
                        running[0].stop();
                    }
                }
            });
            return running[0].run();
        }
    }

    Optional<Instant> leastRecentProof() throws DestinationException {
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            return view.proofs().leastRecentProof();
        }
    }

    void record(Instant at) throws IOException {
        try (Destination destination = backups.open()) {
            destination
                    .runs()
                    .record(RecordedRun.of(backups.source, at, at.plusSeconds(1), RunEnding.DONE), ZoneId.of("UTC"));
        }
    }
}
