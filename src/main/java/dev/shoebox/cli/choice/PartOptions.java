package dev.shoebox.cli.choice;

import dev.shoebox.photos.choice.ResourceFilter;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

import java.util.List;

/** Options that choose among the files of a photo. */
public final class PartOptions {
    @Option(
            names = "--live-photos",
            paramLabel = "PART",
            converter = LiveConverter.class,
            description = "What to take of a Live Photo: both (the default), photo or video.")
    private ResourceFilter.Live live = ResourceFilter.Live.BOTH;

    @Option(
            names = "--edited",
            paramLabel = "PART",
            converter = EditedConverter.class,
            description = "What to take of an edited photo: both (the default), original or edited.")
    private ResourceFilter.Edited edited = ResourceFilter.Edited.BOTH;

    @Option(
            names = "--raw",
            paramLabel = "PART",
            converter = RawConverter.class,
            description = "What to take of a RAW + JPEG pair: both (the default), raw or jpeg.")
    private ResourceFilter.Raw raw = ResourceFilter.Raw.BOTH;

    public ResourceFilter filter() {
        return new ResourceFilter(live, edited, raw);
    }

    private static final class LiveConverter implements ITypeConverter<ResourceFilter.Live> {
        @Override
        public ResourceFilter.Live convert(String text) {
            return Constants.named(text, List.of(ResourceFilter.Live.values()));
        }
    }

    private static final class EditedConverter implements ITypeConverter<ResourceFilter.Edited> {
        @Override
        public ResourceFilter.Edited convert(String text) {
            return Constants.named(text, List.of(ResourceFilter.Edited.values()));
        }
    }

    private static final class RawConverter implements ITypeConverter<ResourceFilter.Raw> {
        @Override
        public ResourceFilter.Raw convert(String text) {
            return Constants.named(text, List.of(ResourceFilter.Raw.values()));
        }
    }
}
