package dev.shoebox.cli;

import dev.shoebox.backup.Sidecar;
import dev.shoebox.backup.Wanted;
import dev.shoebox.photos.Choice;
import dev.shoebox.photos.Parts;
import dev.shoebox.photos.Scope;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which files of a photo a backup takes, and in which order it takes photos. */
final class WantedOptions {
    @Option(
            names = "--live-photos",
            paramLabel = "PART",
            converter = LiveConverter.class,
            description = "Of Live Photos: both (the default), photo or video.")
    private Parts.Live live = Parts.Live.BOTH;

    @Option(
            names = "--edited",
            paramLabel = "PART",
            converter = EditedConverter.class,
            description = "Of what was edited: both (the default), original or edited.")
    private Parts.Edited edited = Parts.Edited.BOTH;

    @Option(
            names = "--raw",
            paramLabel = "PART",
            converter = RawConverter.class,
            description = "Of RAW + JPEG pairs: both (the default), raw or jpeg.")
    private Parts.Raw raw = Parts.Raw.BOTH;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            converter = OrderConverter.class,
            description =
                    "rescue: first what is only on the iPhone, then favourites, then what is newest. phone: as the"
                            + " iPhone reads best. Default: rescue where iCloud Photos is on and not up to date, else phone.")
    private Wanted.Order order = Wanted.Order.AS_NEEDED;

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

    private enum Placeholders {
        LIST,
        PREVIEW
    }

    /** @param usual what is listed but for previews */
    Scope scope(Scope usual) {
        return new Scope(usual.sharedAlbums(), placeholders == Placeholders.PREVIEW);
    }

    Wanted wanted(Choice choice, Scope scope) {
        return new Wanted(choice, new Parts(live, edited, raw), order, scope, sidecar);
    }

    static <E extends Enum<E>> E constant(String text, List<E> among) {
        return among.stream()
                .filter(each -> Words.hyphenated(each).equals(text))
                .findAny()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                        + among.stream().map(Words::hyphenated).collect(Collectors.joining(", "))));
    }

    private static final class SidecarConverter implements ITypeConverter<Sidecar> {
        @Override
        public Sidecar convert(String text) {
            return constant(text, List.of(Sidecar.values()));
        }
    }

    private static final class LiveConverter implements ITypeConverter<Parts.Live> {
        @Override
        public Parts.Live convert(String text) {
            return constant(text, List.of(Parts.Live.values()));
        }
    }

    private static final class EditedConverter implements ITypeConverter<Parts.Edited> {
        @Override
        public Parts.Edited convert(String text) {
            return constant(text, List.of(Parts.Edited.values()));
        }
    }

    private static final class RawConverter implements ITypeConverter<Parts.Raw> {
        @Override
        public Parts.Raw convert(String text) {
            return constant(text, List.of(Parts.Raw.values()));
        }
    }

    private static final class OrderConverter implements ITypeConverter<Wanted.Order> {
        @Override
        public Wanted.Order convert(String text) {
            return constant(text, List.of(Wanted.Order.RESCUE, Wanted.Order.PHONE));
        }
    }

    private static final class PlaceholdersConverter implements ITypeConverter<Placeholders> {
        @Override
        public Placeholders convert(String text) {
            return constant(text, List.of(Placeholders.values()));
        }
    }
}
