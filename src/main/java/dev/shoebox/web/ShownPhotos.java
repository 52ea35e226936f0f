package dev.shoebox.web;

import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.coverage.AtStake;
import dev.shoebox.coverage.icloud.Cause;
import dev.shoebox.coverage.icloud.CloudSteps;
import dev.shoebox.coverage.icloud.CloudWords;
import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.coverage.icloud.Stake;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.web.index.PageEntry;
import dev.shoebox.web.phone.ShownPhone;
import dev.shoebox.web.phone.ShownPhone.Listed;

import java.io.Closeable;
import java.io.IOException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The photos on view: those of the phone and those of the backup, merged again whenever either changes. Thread-safe. */
final class ShownPhotos implements Closeable {
    private final PageModel model;
    private final ShownPhone phone;
    private final ShownBackup backup;
    private final ZoneId zone;
    private final PhotoList list;
    private final PhotoPictures pictures = new PhotoPictures(this::now);
    private final PhotoFacts facts = new PhotoFacts(this::now);
    private final Object refreshing = new Object();
    private volatile Map<Integer, PagePhoto> photos = Map.of();

    ShownPhotos(PageModel model, ShownPhone phone, ShownBackup backup, ZoneId zone) {
        this.model = model;
        this.phone = phone;
        this.backup = backup;
        this.zone = zone;
        this.list = new PhotoList(zone);
    }

    Pictures pictures() {
        return pictures;
    }

    Map<String, Object> facts(PageEntry entry) throws IOException {
        return facts.of(entry);
    }

    private PhotoPictures.Now now() {
        return new PhotoPictures.Now(photos, backup.contents(), phone.reader());
    }

    /** One thread at a time: the page shows the backup that was read last, and a photo has one number. */
    void refresh() {
        synchronized (refreshing) {
            model.destination()
                    .map(Target::folder)
                    .ifPresentOrElse(
                            folder -> phone.listed()
                                    .source()
                                    .ifPresentOrElse(source -> backup.read(folder, source), () -> backup.read(folder)),
                            backup::readNothing);
            publish(phone.listed());
        }
    }

    private void publish(Listed listed) {
        PhotoList.Built built =
                list.build(listed.source().map(SourceId::id).orElse(""), listed.photos(), backup.contents());
        photos = built.photos();
        pictures.forgetMissing();
        backup.trouble().ifPresentOrElse(model::trouble, model::noTrouble);
        listed.icloud().flatMap(diagnosis -> answer(diagnosis, listed)).ifPresentOrElse(model::answer, model::noAnswer);
        model.show(built.index(), listed.extent());
    }

    private Optional<PageModel.CloudAnswer> answer(Diagnosis diagnosis, Listed listed) {
        if (diagnosis.cause() == Cause.NONE) {
            return Optional.empty();
        }
        Stake stake = backup.contents()
                .holdings()
                .map(files -> AtStake.of(listed.photos(), listed.isComplete(), files, diagnosis.cause()))
                .orElseGet(() -> AtStake.of(listed.photos(), diagnosis.cause()));
        List<String> steps = new CloudSteps("'Save all'", "'shoebox verify'").of(diagnosis, stake);
        return Optional.of(new PageModel.CloudAnswer(
                diagnosis.cause().word(),
                stake.backup().name().toLowerCase(Locale.ROOT),
                new CloudWords(diagnosis, zone).verdict(),
                steps));
    }

    /**
     * Returns the files that a run has to read to save photos; none for a photo that is not on the phone.
     *
     * @return the path of each file, with the path of its photo
     */
    Map<String, String> files(List<Integer> ids) {
        Map<Integer, PagePhoto> all = photos;
        Map<String, String> photoOf = new HashMap<>();
        for (int id : ids) {
            Optional.ofNullable(all.get(id))
                    .flatMap(PagePhoto::covered)
                    .filter(AssetCoverage::isHere)
                    .ifPresent(each -> {
                        photoOf.put(each.path(), each.path());
                        each.asset()
                                .map(Asset::resources)
                                .orElse(List.of())
                                .forEach(file -> photoOf.put(file.file().path(), each.path()));
                    });
        }
        return photoOf;
    }

    @Override
    public void close() {
        pictures.close();
    }
}
