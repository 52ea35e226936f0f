package dev.shoebox.cli.option;

import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.backup.plan.Sidecar;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.ResourceFilter;
import dev.shoebox.photos.source.Scope;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which files of a photo a backup takes, and in which order it takes photos. */
public final class ContentOptions {
    @Option(
            names = "--live-photos",
            paramLabel = "PART",
            converter = LiveConverter.class,
            description = "Of Live Photos: both (the default), photo or video.")
    private ResourceFilter.Live live = ResourceFilter.Live.BOTH;

    @Option(
            names = "--edited",
            paramLabel = "PART",
            converter = EditedConverter.class,
            description = "Of what was edited: both (the default), original or edited.")
    private ResourceFilter.Edited edited = ResourceFilter.Edited.BOTH;

    @Option(
            names = "--raw",
            paramLabel = "PART",
            converter = RawConverter.class,
            description = "Of RAW + JPEG pairs: both (the default), raw or jpeg.")
    private ResourceFilter.Raw raw = ResourceFilter.Raw.BOTH;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            converter = OrderConverter.class,
            description =
                    "rescue: first what is only on the iPhone, then favourites, then what is newest. phone: as the"
                            + " iPhone reads best. Default: rescue where iCloud Photos is on and not up to date, else phone.")
    private BackupSelection.Order order = BackupSelection.Order.AS_NEEDED;

    @Option(
            names = "--placeholders",
            paramLabel = "HOW",
            converter = PlaceholdersConverter.class,
            description =
                    "What to do about originals that are only in iCloud: list (the default), or preview to take the"
                            + " small picture that the iPhone has of them too, as IMG_0001_preview.JPG.")
    private Placeholders placeholders = Placeholders.LIST;

    @Option(
            names = "--sidecar",
            paramLabel = "FORMAT",
            converter = SidecarConverter.class,
            description =
                    "Write beside each photo what the iPhone's library knows of it (title, caption, keywords, albums,"
                            + " favourite, place, original name): xmp as IMG_0001.HEIC.xmp, or json. Later runs renew what changed.")
    private Optional<Sidecar> sidecar = Optional.empty();

    @Option(
            names = "--no-thumbnails",
            description =
                    "Do not keep the small pictures that the iPhone has of its photos and films. 'shoebox browse' shows"
                            + " HEICs and films of the backup by them.")
    private boolean noThumbnails;

    private enum Placeholders {
        LIST,
        PREVIEW
    }

    /** @param usual what is listed but for previews */
    public Scope scope(Scope usual) {
        return new Scope(usual.sharedAlbums(), placeholders == Placeholders.PREVIEW);
    }

    public BackupSelection wanted(AssetFilter choice, Scope scope) {
        var wanted = new BackupSelection(choice, new ResourceFilter(live, edited, raw), order, scope, sidecar);
        return noThumbnails ? wanted.withoutThumbnails() : wanted;
    }

    static <E extends Enum<E>> E constant(String text, List<E> among) {
        return among.stream()
                .filter(each -> TextFormat.hyphenated(each).equals(text))
                .findAny()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                        + among.stream().map(TextFormat::hyphenated).collect(Collectors.joining(", "))));
    }

    private static final class SidecarConverter implements ITypeConverter<Sidecar> {
        @Override
        public Sidecar convert(String text) {
            return constant(text, List.of(Sidecar.values()));
        }
    }

    private static final class LiveConverter implements ITypeConverter<ResourceFilter.Live> {
        @Override
        public ResourceFilter.Live convert(String text) {
            return constant(text, List.of(ResourceFilter.Live.values()));
        }
    }

    private static final class EditedConverter implements ITypeConverter<ResourceFilter.Edited> {
        @Override
        public ResourceFilter.Edited convert(String text) {
            return constant(text, List.of(ResourceFilter.Edited.values()));
        }
    }

    private static final class RawConverter implements ITypeConverter<ResourceFilter.Raw> {
        @Override
        public ResourceFilter.Raw convert(String text) {
            return constant(text, List.of(ResourceFilter.Raw.values()));
        }
    }

    private static final class OrderConverter implements ITypeConverter<BackupSelection.Order> {
        @Override
        public BackupSelection.Order convert(String text) {
            return constant(text, List.of(BackupSelection.Order.RESCUE, BackupSelection.Order.PHONE));
        }
    }

    private static final class PlaceholdersConverter implements ITypeConverter<Placeholders> {
        @Override
        public Placeholders convert(String text) {
            return constant(text, List.of(Placeholders.values()));
        }
    }
}
