package dev.shoebox.photos.naming;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The names of edits in an export of Google Photos: {@code IMG_0001-edited.jpg} beside {@code IMG_0001.jpg}, in the
 * language of the account. The base of a name is cut at 47 characters, possibly inside the suffix.
 */
public final class EditedName {
    private static final int CUT = 47;

    /** The suffixes, in the languages of accounts. */
    private static final List<String> ADDED = List.of(
            "-edited",
            "-effects",
            "-smile",
            "-mix",
            "-bearbeitet",
            "-modifié",
            "-modifie",
            "-editado",
            "-ha editado",
            "-editada",
            "-modificato",
            "-bewerkt",
            "-edytowane",
            "-redigerad",
            "-redigert",
            "-redigeret",
            "-muokattu",
            "-editat",
            "-upraveno",
            "-upravené",
            "-szerkesztett",
            "-szerkesztve",
            "-editată",
            "-düzenlendi",
            "-отредактировано",
            "-изменено",
            "-редактирано",
            "-змінено",
            "-επεξεργασμένο",
            "-編集済み",
            "-编辑",
            "-已编辑",
            "-已修改",
            "-已編輯",
            "-수정됨",
            "-แก้ไขแล้ว",
            "-đã chỉnh sửa",
            "-diedit",
            "-נערך",
            "-معدل");

    private EditedName() {}

    /**
     * Returns the name of the original without its extension.
     *
     * @param base a name without its extension
     * @return empty if the name is not that of an edit
     */
    public static Optional<String> original(String base) {
        ExportName.Numbered name = ExportName.Numbered.of(base);
        String text = Normalizer.normalize(name.text(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        for (String added : ADDED) {
            int kept = text.length() - added.length();
            if (kept > 0 && text.endsWith(added)) {
                return Optional.of(originalText(name.text(), kept) + name.suffix());
            }
        }
        int dash = text.lastIndexOf('-');
        if (dash > 0 && (text.length() == CUT || text.length() == CUT - 1)) {
            String rest = text.substring(dash);
            if (rest.length() > 1 && ADDED.stream().anyMatch(added -> added.startsWith(rest))) {
                return Optional.of(originalText(name.text(), dash) + name.suffix());
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the original's text as written: macOS writes decomposed letters, which use more characters than the
     * compared ones.
     */
    private static String originalText(String text, int composedLength) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC).substring(0, composedLength);
        String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
        return text.startsWith(composed) || !text.startsWith(decomposed) ? composed : decomposed;
    }
}
