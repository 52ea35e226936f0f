package dev.shoebox.backup;

import dev.shoebox.backup.event.DateSource;
import dev.shoebox.backup.plan.CaptureTimeResolver;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.FilterSubject;
import dev.shoebox.photos.source.MediaSource;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Selects photos of a source by the dates under which a backup files them. Opens files only if the selection depends on
 * dates that the library does not settle.
 */
public final class AssetSelection {
    private final AssetFilter choice;
    private final MediaSource source;
    private final Library library;
    private final CaptureTimeResolver.Setting setting;
    private final CaptureTimeResolver dates;
    private final Map<String, Optional<CaptureTime>> opened = new HashMap<>();

    /** How capture times are determined. The components are those of {@link Backup.Options}, and the current time. */
    public record Dating(ZoneId zone, Instant now, DateSource dates) {}

    public AssetSelection(AssetFilter choice, MediaSource source, Library library, Dating dating) {
        this.choice = choice;
        this.source = source;
        this.library = library;
        this.setting = new CaptureTimeResolver.Setting(source.id().name(), dating.zone(), dating.now(), dating.dates());
        this.dates = new CaptureTimeResolver(setting, library, CaptureTimeResolver.Memory.NONE);
    }

    /** Returns the selected assets, as {@link #judge(List)} does. */
    public List<Asset> of(List<Asset> assets) throws IOException {
        return judge(assets).getOrDefault(AssetFilter.Verdict.CHOSEN, List.of());
    }

    /**
     * Returns the assets by the verdict of the filter. A still and a film of different shots that share a name are two.
     *
     * @throws IOException if the source is lost
     */
    public Map<AssetFilter.Verdict, List<Asset>> judge(List<Asset> assets) throws IOException {
        Map<AssetFilter.Verdict, List<Asset>> judged = new EnumMap<>(AssetFilter.Verdict.class);
        for (Asset asset : assets) {
            if (isSettled(asset)) {
                add(judged, asset, subject(asset, asset));
                continue;
            }
            for (CaptureTimeResolver.Dated dated :
                    dates.dated(new Step(asset, asset.resources()), CaptureTimeResolver.reading(source))) {
                Asset part = dated.step().asset();
                FilterSubject candidate = subject(asset, part);
                add(judged, part, dated.facts().captured().map(candidate::taken).orElseGet(candidate::undated));
            }
        }
        return judged;
    }

    private FilterSubject subject(Asset whole, Asset part) {
        return library.find(whole)
                .map(known -> FilterSubject.of(part, known, setting.zone()))
                .orElseGet(() -> FilterSubject.of(part, setting.zone()));
    }

    private void add(Map<AssetFilter.Verdict, List<Asset>> judged, Asset asset, FilterSubject candidate) {
        judged.computeIfAbsent(choice.judge(candidate), verdict -> new ArrayList<>())
                .add(asset);
    }

    /**
     * Returns the verdict of the filter for one asset, on the source or only in the library. For a placeholder, the
     * library says more than the edit or film that is left on the source.
     *
     * @throws IOException if the source is lost
     */
    public AssetFilter.Verdict judge(AssetCoverage covered) throws IOException {
        FilterSubject candidate = covered.subject(setting.zone(), setting.now());
        boolean byLibrary = covered.known().isPresent() && !covered.isHere();
        if (byLibrary || isSettled(covered.asset().orElseThrow())) {
            return choice.judge(candidate);
        }
        Optional<CaptureTime> taken = taken(covered.asset().get());
        opened.put(covered.path(), taken);
        return choice.judge(taken.map(candidate::taken).orElseGet(candidate::undated));
    }

    /**
     * Returns the local capture time, as far as it is known without opening more files than
     * {@link #judge(AssetCoverage)} does.
     */
    public Optional<LocalDateTime> taken(AssetCoverage covered) {
        Optional<CaptureTime> found = opened.getOrDefault(covered.path(), Optional.empty())
                .or(() -> covered.known().flatMap(known -> FilterSubject.of(known, setting.zone(), setting.now())
                        .captured()))
                .or(() -> covered.asset()
                        .flatMap(asset -> CaptureTime.of(asset.primary().file(), setting.now()))
                        .map(time -> time.placedIn(setting.zone())));
        return found.map(CaptureTime::local);
    }

    private Optional<CaptureTime> taken(Asset asset) throws IOException {
        return dates.dated(new Step(asset, asset.resources()), CaptureTimeResolver.reading(source))
                .get(0)
                .facts()
                .captured();
    }

    private boolean isSettled(Asset asset) {
        return choice.taken().equals(AssetFilter.Span.EVER) || dates.isSettledByLibrary(asset, choice.taken());
    }
}
