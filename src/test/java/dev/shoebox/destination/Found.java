package dev.shoebox.destination;

import dev.shoebox.destination.proof.Finding;
import dev.shoebox.destination.proof.Verification;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a verification found. */
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
        // How far it has come is nothing that was found.
    }
}
