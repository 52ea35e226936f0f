package dev.shoebox.device;

import javax.tools.ToolProvider;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The engine with one or two wrong lines, compiled from its source and loaded beside the correct one. */
enum EngineMutant {
    PUBLISHED_BEFORE_THE_FINGERPRINT_IS_COMPARED(
            "flips",
            new Edit("backup/transfer/Readings", "if (file.isAsClaimed()) {", "if (file.claim().isPresent()) {")),
    WHAT_DIFFERS_IS_PUBLISHED_AFTER_ONE_READING(
            "flips",
            new Edit(
                    "backup/transfer/Readings",
                    "return file.claim().isPresent() ? NextStep.READ_AGAIN : NextStep.COMPARE_NOW;",
                    "return NextStep.SETTLE;")),
    EVERY_ANSWER_OF_THE_PHONE_COUNTS_AS_RIGHT(
            "flipsWhereThePhoneHashes",
            new Edit("backup/transfer/AwaitedHashes", "if (right) {", "if (right || answer.kind() == Kind.HASHED) {")),
    PUBLISHED_BEFORE_THE_PHONE_ANSWERS(
            "flipsWhereThePhoneHashes",
            new Edit(
                    "backup/transfer/Readings",
                    "return NextStep.ASK_PHONE;\n        }\n        if",
                    "return NextStep.SETTLE;\n        }\n        if")),
    A_PHONE_THAT_HASHES_WRONGLY_IS_BELIEVED(
            "wrongHashes",
            new Edit(
                    "backup/transfer/Readings",
                    "if (file.contradicted && proofs.hashing().isUsed()) {",
                    "if (file.contradicted) { file.proof = Proof.PHONE_HASH; }\n if (file.contradicted && proofs.hashing().isUsed()) {")),
    DAMAGE_ON_THE_PHONE_IS_TAKEN_FOR_A_CHANGE(
            "rotten", new Edit("backup/transfer/EndToEnd", "return Proof.PERHAPS_DAMAGED;", "return Proof.CHANGED;")),
    SKIPPED_WITHOUT_THE_FILE_BEING_THERE(
            "goneCopy",
            new Edit("destination/Recognition", "size > 0 && isThere(kept)", "size > 0"),
            Edit.NOTHING_COMPARED),
    SKIPPED_WHATEVER_THE_SIZE(
            "lieOfAnotherSize",
            new Edit("destination/Recognition", "kept.size() == size &&", ""),
            Edit.NOTHING_COMPARED),
    A_CONTRADICTION_IS_IGNORED(
            "contradictionThatTheSampleMet", new Edit("backup/transfer/EndToEnd", "        contradictions++;\n", "")),
    TWO_CLAIMS_OF_ONE_CONTENT_ARE_BOTH_BELIEVED(
            "twoClaimsOfOneContent",
            new Edit(
                    "backup/KnownByFingerprint",
                    "claims.get(file.fingerprint()) > 1",
                    "claims.get(file.fingerprint()) > 2"),
            Edit.NOTHING_COMPARED),
    WHAT_CHANGED_IN_PLACE_IS_KNOWN_BY_ITS_OLD_FINGERPRINT(
            "changedInPlace", new Edit("backup/KnownByFingerprint", "|| recognition.hasPath(source, file)", "")),
    A_LITTLE_OF_WHAT_IS_NOT_READ_IS_NOT_COMPARED("lieOfTwoFiles", Edit.NOTHING_COMPARED);

    /**
     * A replacement of one line.
     *
     * @param type a class by its path below the top package
     */
    private record Edit(String type, String right, String wrong) {
        /** Leaves one guard to do alone what it otherwise shares with another. */
        static final Edit NOTHING_COMPARED =
                new Edit("backup/RecognisingTransfer", "&& known.glance(glance, stop)", "");
    }

    private final String scenario;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<Edit> edits;

    EngineMutant(String scenario, Edit... edits) {
        this.scenario = scenario;
        this.edits = List.of(edits);
    }

    /** The scenario of {@link FingerprintTrial#scenarios} that must detect it. */
    String scenario() {
        return scenario;
    }

    /**
     * Loads an engine with this defect.
     *
     * @param scratch an empty folder
     */
    ClassLoader load(Path scratch) throws IOException {
        Path classes = Files.createDirectory(scratch.resolve("classes"));
        List<String> options = new ArrayList<>(List.of(
                "-nowarn", "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
        for (Edit edit : edits) {
            Path source = Path.of("src/main/java/dev/shoebox", edit.type() + ".java");
            String text = Files.readString(source);
            if (!text.contains(edit.right())) {
                throw new IllegalStateException(source + " has no longer: " + edit.right());
            }
            Path changed = scratch.resolve(source.getFileName());
            Files.writeString(changed, text.replace(edit.right(), edit.wrong()));
            options.add(changed.toString());
        }
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("the mutant does not compile");
        }
        return new Changed(classes);
    }

    /** Loads all our classes anew, with the changed one. */
    private static final class Changed extends ClassLoader {
        private final Path classes;

        Changed(Path classes) {
            super(EngineMutant.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.shoebox.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try {
                Path changed = classes.resolve(file.replace('/', File.separatorChar));
                byte[] bytes;
                if (Files.exists(changed)) {
                    bytes = Files.readAllBytes(changed);
                } else {
                    try (var right = getParent().getResourceAsStream(file)) {
                        if (right == null) {
                            throw new ClassNotFoundException(name);
                        }
                        bytes = right.readAllBytes();
                    }
                }
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
