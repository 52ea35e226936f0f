package dev.shoebox.destination;

import dev.shoebox.destination.proof.Finding;
import dev.shoebox.destination.proof.Verification;

import java.util.ArrayList;
import java.util.List;

/** Collects the findings of a verification. */
public record Found(List<Finding> findings) implements Verification.Listener {
    public Found() {
        this(new ArrayList<>());
    }

    @Override
    public void found(Finding finding) {
        findings.add(finding);
    }

    @Override
    public void progress(Verification.Progress progress) {
        // Progress is not a finding.
    }
}
