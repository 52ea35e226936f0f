package dev.shoebox.cli.option;

import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.backup.sidecar.Sidecar;
import dev.shoebox.cli.choice.Constants;
import dev.shoebox.cli.choice.PartOptions;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.source.Scope;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Optional;

/** Options that choose the files of a photo, and the order of photos. */
public final class ContentOptions {
    @Mixin
    private PartOptions parts;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            converter = OrderConverter.class,
            description =
                    "rescue: first photos that are only on the iPhone, then favourites, then the newest. phone: the order"
                            + " that the iPhone reads fastest. Default: rescue where iCloud Photos is on and not up to date, else phone.")
    private BackupSelection.Order order = BackupSelection.Order.AS_NEEDED;

    @Option(
            names = "--placeholders",
            paramLabel = "HOW",
            converter = PlaceholdersConverter.class,
            description =
                    "What to do about originals that are only in iCloud: list them (the default), or preview: also copy"
                            + " the iPhone's small version, as IMG_0001_preview.JPG.")
    private Placeholders placeholders = Placeholders.LIST;

    @Option(
            names = "--sidecar",
            paramLabel = "FORMAT",
            converter = SidecarConverter.class,
            description =
                    "Write the library's facts about each photo (title, caption, keywords, albums, favourite, place,"
                            + " original name) to a file beside it: xmp (IMG_0001.HEIC.xmp) or json. Later runs"
                            + " update it.")
    private Sidecar sidecar;

    @Option(
            names = "--no-thumbnails",
            description = "Do not keep the iPhone's thumbnails, with which 'shoebox browse' shows HEICs and videos of"
                    + " the backup.")
    private boolean noThumbnails;

    private enum Placeholders {
        LIST,
        PREVIEW
    }

    /** @param usual the default scope, without previews */
    public Scope scope(Scope usual) {
        return new Scope(usual.sharedAlbums(), placeholders == Placeholders.PREVIEW);
    }

    public BackupSelection wanted(AssetFilter choice, Scope scope) {
        var wanted = new BackupSelection(choice, parts.filter(), order, scope, Optional.ofNullable(sidecar));
        return noThumbnails ? wanted.withoutThumbnails() : wanted;
    }

    private static final class SidecarConverter implements ITypeConverter<Sidecar> {
        @Override
        public Sidecar convert(String text) {
            return Constants.named(text, List.of(Sidecar.values()));
        }
    }

    private static final class OrderConverter implements ITypeConverter<BackupSelection.Order> {
        @Override
        public BackupSelection.Order convert(String text) {
            return Constants.named(text, List.of(BackupSelection.Order.RESCUE, BackupSelection.Order.PHONE));
        }
    }

    private static final class PlaceholdersConverter implements ITypeConverter<Placeholders> {
        @Override
        public Placeholders convert(String text) {
            return Constants.named(text, List.of(Placeholders.values()));
        }
    }
}
