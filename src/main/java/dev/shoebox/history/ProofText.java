package dev.shoebox.history;

import dev.shoebox.json.JsonObject;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.text.Amounts;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Describes how the files of a run were verified, in words and numbers. */
public final class ProofText {
    /** From the strongest to the weakest. */
    private static final List<Proof> ORDER = List.of(
            Proof.FINGERPRINT,
            Proof.PHONE_HASH,
            Proof.READ_TWICE,
            Proof.READ_ONCE,
            Proof.CHANGED,
            Proof.PERHAPS_DAMAGED,
            Proof.CLAIMED);

    private ProofText() {}

    /** Returns one line; empty if there is nothing to say. */
    public static Optional<String> line(Map<Proof, Integer> proofs) {
        StringBuilder line = new StringBuilder();
        for (Proof proof : ORDER) {
            int files = proofs.getOrDefault(proof, 0);
            if (files > 0) {
                line.append(line.length() == 0 ? "Checked: " : "; ")
                        .append(Amounts.count(files))
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

    /** Returns the number of files by proof, for JSON. */
    public static Map<String, Integer> counts(Map<Proof, Integer> proofs) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Proof proof : ORDER) {
            if (proof != Proof.CLAIMED) {
                counts.put(key(proof), proofs.getOrDefault(proof, 0));
            }
        }
        return counts;
    }

    /** Parses the output of {@link #counts}, with the number of files that were not read. Ignores unknown proofs. */
    static Map<Proof, Integer> parse(JsonObject counts, int known) {
        Map<Proof, Integer> proofs = new EnumMap<>(Proof.class);
        for (Proof proof : ORDER) {
            int files = proof == Proof.CLAIMED ? known : counts.has(key(proof)) ? (int) counts.number(key(proof)) : 0;
            if (files > 0) {
                proofs.put(proof, files);
            }
        }
        return proofs;
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
