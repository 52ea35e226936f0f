package dev.shoebox.cli.backup;

import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.photos.fingerprint.Proof;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How the files of a run are known to be right, in words and numbers. */
final class ProofOutput {
    /** In the order in which they are told: the strongest first. */
    private static final List<Proof> ORDER = List.of(
            Proof.FINGERPRINT,
            Proof.PHONE_HASH,
            Proof.READ_TWICE,
            Proof.READ_ONCE,
            Proof.CHANGED,
            Proof.PERHAPS_DAMAGED,
            Proof.CLAIMED);

    private ProofOutput() {}

    /** One line; empty where there is nothing to tell. */
    static Optional<String> line(Map<Proof, Integer> proofs) {
        StringBuilder line = new StringBuilder();
        for (Proof proof : ORDER) {
            int files = proofs.getOrDefault(proof, 0);
            if (files > 0) {
                line.append(line.length() == 0 ? "Checked: " : "; ")
                        .append(TextFormat.count(files))
                        .append(' ')
                        .append(words(proof));
            }
        }
        boolean unusual = proofs.keySet().stream().anyMatch(proof -> proof != Proof.READ_ONCE);
        return line.length() == 0 || !unusual
                ? Optional.empty()
                : Optional.of(line.append('.').toString());
    }

    private static String words(Proof proof) {
        return switch (proof) {
            case FINGERPRINT, PHONE_HASH -> "by " + proof.words();
            case READ_ONCE, READ_TWICE, CHANGED, PERHAPS_DAMAGED, CLAIMED -> proof.words();
        };
    }

    /** For JSON: the number of files by how they are known to be right. */
    static Map<String, Integer> counts(Map<Proof, Integer> proofs) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Proof proof : ORDER) {
            if (proof != Proof.CLAIMED) {
                counts.put(key(proof), proofs.getOrDefault(proof, 0));
            }
        }
        return counts;
    }

    private static String key(Proof proof) {
        String[] words = proof.name().toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder key = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            key.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return key.toString();
    }
}
