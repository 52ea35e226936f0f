package dev.shoebox.photos.naming;

import java.text.Normalizer;
import java.util.List;
import java.util.Optional;

/**
 * The names of edits in an export of Google Photos: {@code IMG_0001-edited.jpg} beside {@code IMG_0001.jpg}, in the
 * language of the account. The base of a long name is cut, possibly inside the suffix.
 */
public final class EditedName {
    /** The longest base of a name, in characters. */
    private static final int CUT = 47;

    /**
     * The suffixes. Those up to the Russian one were seen in exports or are known to several programs that read exports;
     * the others are translations. A photo beside its original is taken for an edit if it has one.
     */
    private static final List<String> ADDED = List.of(
            "-edited",
            "-effects",
            "-smile",
            "-mix",
            "-bearbeitet",
            "-modifié",
            "-modificato",
            "-bewerkt",
            "-edytowane",
            "-編集済み",
            "-ha editado",
            "-editat",
            "-upraveno",
            "-измененный",
            "-modifie",
            "-modifiée",
            "-modificata",
            "-editado",
            "-editada",
            "-editou",
            "-modificado",
            "-modificada",
            "-geredigeer",
            "-redigerad",
            "-redigerat",
            "-redigert",
            "-redigeret",
            "-breytt",
            "-muokattu",
            "-muudetud",
            "-redaguota",
            "-rediģēts",
            "-rediģēta",
            "-edytowany",
            "-edytowana",
            "-edytowano",
            "-upravené",
            "-upravená",
            "-upravený",
            "-szerkesztett",
            "-szerkesztve",
            "-editată",
            "-modificat",
            "-modificată",
            "-editatuta",
            "-uređeno",
            "-izmijenjeno",
            "-izmenjeno",
            "-urejeno",
            "-düzenlendi",
            "-düzenlenmiş",
            "-изменённый",
            "-измененное",
            "-изменённое",
            "-измененная",
            "-изменено",
            "-отредактировано",
            "-отредактированный",
            "-отредактированное",
            "-редактировано",
            "-редактирано",
            "-змінено",
            "-змінений",
            "-змінене",
            "-відредаговано",
            "-редаговано",
            "-измењено",
            "-уређено",
            "-изменето",
            "-επεξεργασμένο",
            "-επεξεργασμένη",
            "-编辑",
            "-已编辑",
            "-编辑后",
            "-已修改",
            "-已編輯",
            "-編輯",
            "-已修改的",
            "-編集",
            "-수정됨",
            "-편집됨",
            "-수정",
            "-편집",
            "-แก้ไขแล้ว",
            "-đã chỉnh sửa",
            "-diedit",
            "-telah diedit",
            "-संपादित",
            "-נערך",
            "-ערוך",
            "-معدل",
            "-معدّل",
            "-تم التعديل",
            "-ویرایش شده",
            "-ویرایش\u200cشده");

    private EditedName() {}

    /**
     * Returns the name of the original without its extension.
     *
     * @param base a name without its extension
     * @return empty if the name is not that of an edit
     */
    public static Optional<String> original(String base) {
        ExportName.Numbered name = ExportName.Numbered.of(base);
        String text = Normalizer.normalize(name.text(), Normalizer.Form.NFC);
        for (String added : ADDED) {
            int kept = text.length() - added.length();
            if (kept > 0 && text.regionMatches(true, kept, added, 0, added.length())) {
                return Optional.of(originalText(name.text(), kept) + name.suffix());
            }
        }
        int dash = text.lastIndexOf('-');
        int rest = text.length() - dash;
        if (dash > 0 && rest > 1 && (text.length() == CUT || text.length() == CUT - 1)) {
            if (ADDED.stream().anyMatch(added -> added.regionMatches(true, 0, text, dash, rest))) {
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
