package dev.shoebox.history;

import dev.shoebox.json.JsonObject;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.PassedOver.Kind;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Converts {@link Omitted} to JSON fields. */
final class OmittedText {
    private OmittedText() {}

    static void put(Map<String, Object> map, Omitted omitted) {
        map.put("found", omitted.found());
        map.put("passedOver", omitted.files(false) + omitted.files(true));
        map.put("clutter", omitted.files(true));
        Map<String, Long> kinds = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            if (omitted.passedOver().containsKey(kind)) {
                kinds.put(kind.word(), omitted.passedOver().get(kind));
            }
        }
        map.put("passedOverKinds", kinds);
        map.put(
                "passedOverNames",
                omitted.named().stream().map(OmittedText::fields).toList());
        map.put("passedOverUnnamed", omitted.unnamed(false) + omitted.unnamed(true));
        map.put("leftOut", omitted.leftOut());
        map.put("leftOutFiles", omitted.leftOutFiles());
        map.put("recentlyDeleted", omitted.recentlyDeleted());
        map.put("recentlyDeletedFiles", omitted.recentlyDeletedFiles());
    }

    private static Map<String, Object> fields(PassedOver what) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("path", what.path());
        fields.put("kind", what.kind().word());
        fields.put("why", what.why());
        fields.put("files", what.files());
        return fields;
    }

    static Omitted parse(JsonObject map) {
        Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
        JsonObject counts = map.object("passedOverKinds");
        for (String word : counts.fields().keySet()) {
            kinds.merge(Kind.of(word), counts.number(word), Long::sum);
        }
        List<PassedOver> named = map.objects("passedOverNames").stream()
                .map(each -> new PassedOver(
                        each.text("path"), Kind.of(each.text("kind")), each.text("why"), each.number("files")))
                .toList();
        return new Omitted(
                map.number("found"),
                kinds,
                named,
                (int) map.number("leftOut"),
                (int) map.number("leftOutFiles"),
                (int) map.number("recentlyDeleted"),
                (int) map.number("recentlyDeletedFiles"));
    }
}
