package dev.shoebox.backup;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.backup.event.StopSignal;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.backup.transfer.EndToEnd;
import dev.shoebox.destination.Destination;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Copies a plan, except files that are known by fingerprint. The order matters: first the files that must be read, with
 * the sample; then the phone hashes the others, if it supports that, and small parts of the rest are compared; only
 * then are unread files recorded. If a single file is not what its library claims, no claim counts any more.
 */
final class RecognisingTransfer {
    private final Destination destination;
    private final SourceId source;
    private final CopyGlance glance;
    private final RunOutcomes outcomes;
    private final StopSignal stop;
    private final Copying copying;
    private boolean trusted = true;

    /** Copies steps. */
    interface Copying {
        Optional<IOException> copy(List<Step> steps) throws IOException;
    }

    RecognisingTransfer(
            Destination destination, MediaSource source, RunOutcomes outcomes, StopSignal stop, Copying copying) {
        this.destination = destination;
        this.source = source.id();
        this.glance = new CopyGlance(source, destination.recognition(), new SplittableRandom());
        this.outcomes = outcomes;
        this.stop = stop;
        this.copying = copying;
    }

    /** @return why not everything could be copied, if the disk is too full */
    Optional<IOException> copy(KnownByFingerprint known, EndToEnd proofs) throws IOException {
        List<Step> first = known.first();
        Optional<IOException> ended = copying.copy(first);
        if (known.isEmpty() || ended.isPresent() || stop.isAsked()) {
            if (proofs.contradictions() > 0
                    && !destination.recognition().claimed(source).isEmpty()) {
                destination.recognition().doubt(source);
            }
            return ended;
        }
        known.prove(proofs.hashing(), destination.recognition(), stop);
        List<Step> read = new ArrayList<>(first);
        boolean holds =
                proofs.contradictions() == 0 && !outcomes.hasFailed(known.sample()) && known.glance(glance, stop);
        while (true) {
            if (trusted && !(holds && proofs.contradictions() == 0)) {
                distrust(known);
                known.withoutClaims();
            }
            List<Step> more = known.differing(read);
            if (more.isEmpty()) {
                break;
            }
            read.addAll(more);
            ended = copying.copy(more);
            if (ended.isPresent() || stop.isAsked()) {
                return ended;
            }
        }
        return record(known, proofs);
    }

    private Optional<IOException> record(KnownByFingerprint known, EndToEnd proofs) throws IOException {
        destination.recognition().record(source, known.covered());
        Optional<IOException> ended;
        try {
            ended = copying.copy(known.beside());
        } catch (IOException lost) {
            ended = Optional.of(lost);
        }
        if (trusted && proofs.contradictions() > 0) {
            distrust(known);
            List<Step> unread = known.claimed();
            known.withoutClaims();
            outcomes.known(known.covered());
            return ended.isPresent() || stop.isAsked() ? ended : copying.copy(unread);
        }
        outcomes.known(known.covered());
        return ended;
    }

    /** Has the next run read files that an earlier run knew by a claim. */
    private void distrust(KnownByFingerprint known) throws IOException {
        trusted = false;
        destination.recognition().doubt(source);
        if (!known.claimed().isEmpty()) {
            outcomes.tell(new BackupEvent.Warning("Some fingerprints in the Photos library do not match the "
                    + "files, so every file is read, even those that seem to be backed up already."));
        }
    }
}
