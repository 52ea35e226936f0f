package dev.shoebox.photos.naming;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ExportNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IMG_0001.HEIC | IMG_0001.HEIC.json",
                "IMG_0001.HEIC | IMG_0001.HEIC.supplemental-metadata.json",
                "IMG_3397.PNG | IMG_3397.PNG.supplemental-metada.json",
                "a.jpg | a.jpg.s.json",
                "a.jpg | a.jpg..json",
                "a(1).jpg | a.jpg(1).json",
                "a(1).jpg | a.jpg.supplemental-metadata(1).json",
                "a(12).jpg | a.jpg.supplemental-me(12).json",
                "a(1).jpg | a(1).jpg.json",
                "a(1).jpg | a(1).jpg.supplemental-metadata.json",
                "ThisIsAPhotoWithAVeryLongNameForATakeoutExport.jpg | ThisIsAPhotoWithAVeryLongNameForATakeoutExport.json",
                "1556189729458-8d2e2d13-bca5-467e-a242-9e4cb238e.jpg | 1556189729458-8d2e2d13-bca5-467e-a242-9e4cb238.json",
                "1556189729458-8d2e2d13-bca5-467e-a242-9e4cb238e(1).jpg | 1556189729458-8d2e2d13-bca5-467e-a242-9e4cb238.json",
                "PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGINA.jpg | PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGIN.json",
                "05yqt21kruxwwlhhgrwrdyb6chhwszi9bqmzu16w0 2.jpg | 05yqt21kruxwwlhhgrwrdyb6chhwszi9bqmzu16w0 2.jp.json",
                "😀😃😄😁😆😅😂🤣🥲☺️😊😇🙂🙃😉😌😍🥰😘😗😙😚😋😛.jpg | 😀😃😄😁😆😅😂🤣🥲☺️😊😇🙂🙃😉😌😍🥰😘😗😙😚😋.json",
                "IMG_0002.MP4 | IMG_0002.HEIC.supplemental-metadata.json",
                "IMG_4488(1).MP4 | IMG_4488.HEIC.supplemental-metadata(1).json",
                "PXL_20190506_100500123.MP | PXL_20190506_100500123.MP.jpg.supplemental-metadata.json",
                "PXL_20190506_100500123.MP~2 | PXL_20190506_100500123.MP~2.jpg.json",
                "PXL_20190506_100500123.MV | PXL_20190506_100500123.MV.jpg.json",
                "IMG_0003-edited.jpg | IMG_0003.jpg.supplemental-metadata.json",
                "IMG_0003-bearbeitet(1).jpg | IMG_0003.jpg(1).json",
                "IMG_0003(1)-измененный.jpg | IMG_0003.jpg(1).json",
                "PXL_20220405_090123740.PORTRAIT-modifié.jpg | PXL_20220405_090123740.PORTRAIT.jpg.json",
                "IMG_0003-edited.jpg | IMG_0003.HEIC.json",
            })
    void findsTheJsonOfAPhoto(String photo, String json) {
        assertEquals(Map.of(photo, json), ExportName.told(List.of(photo, json)));
        assertEquals(Map.of(photo, json), ExportName.told(List.of(json, photo)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.jpg | b.jpg.json",
                "a(1).jpg | a.jpg.json",
                "a.jpg | a.jpg(1).json",
                "a(2).jpg | a.jpg(3).json",
                "a.jpg | metadata.json",
                "IMG_1.JPG | IMG_10.JPG.json",
                "IMG_10.JPG | IMG_1.JPG.json",
                "IMG_2552.JPG | IMG_2552.HEIC.json",
                "a.jpg | a.jpg.json.txt",
                "holiday-edited.jpg | holiday-1.jpg.json",
            })
    void takesNoOtherPhotosJson(String photo, String json) {
        assertEquals(Map.of(), ExportName.told(List.of(photo, json)));
    }

    @Test
    void tellsNumberedPhotosApart() {
        assertEquals(
                Map.of(
                        "a.jpg", "a.jpg.supplemental-metadata.json",
                        "a(1).jpg", "a.jpg.supplemental-metadata(1).json",
                        "a-edited.jpg", "a.jpg.supplemental-metadata.json",
                        "a-edited(1).jpg", "a.jpg.supplemental-metadata(1).json"),
                ExportName.told(List.of(
                        "a.jpg",
                        "a(1).jpg",
                        "a.jpg.supplemental-metadata.json",
                        "a.jpg.supplemental-metadata(1).json",
                        "a-edited.jpg",
                        "a-edited(1).jpg")));
    }

    @Test
    void tellsPhotosApartThatDifferOnlyInCase() {
        for (String text : List.of(".json", ".supplemental-metadata.json", ".suppl.json")) {
            Map<String, String> jsons = Map.of("IMG_1.JPG", "IMG_1.JPG" + text, "img_1.jpg", "img_1.jpg" + text);
            List<String> names = new ArrayList<>(jsons.keySet());
            names.addAll(jsons.values());
            assertEquals(jsons, ExportName.told(names));
        }
        assertEquals(
                Map.of("IMG_1(1).JPG", "IMG_1.JPG(1).json", "img_1(1).jpg", "img_1.jpg(1).json"),
                ExportName.told(List.of("IMG_1(1).JPG", "img_1(1).jpg", "img_1.jpg(1).json", "IMG_1.JPG(1).json")));
        assertEquals(Map.of("IMG_1.JPG", "img_1.jpg.json"), ExportName.told(List.of("IMG_1.JPG", "img_1.jpg.json")));
    }

    /** The name before {@code .json} has at most 46 characters, wherever that truncates the supplement. */
    @Test
    void findsEveryCutOfTheSupplement() {
        for (int length = 1; length <= 47; length++) {
            String photo = "x".repeat(length) + ".jpg";
            String text = photo + ".supplemental-metadata";
            String cut = text.substring(0, Math.min(46, text.length()));
            for (String number : List.of("", "(1)")) {
                String name = "x".repeat(length) + number + ".jpg";
                String json = cut + number + ".json";
                assertEquals(Map.of(name, json), ExportName.told(List.of(name, json)));
            }
        }
    }

    @Test
    void comparesNamesAsMacosDecomposesThem() {
        String composed = "Été-modifié.jpg";
        String json = Normalizer.normalize("Été.jpg.json", Normalizer.Form.NFD);
        String photo = Normalizer.normalize(composed, Normalizer.Form.NFD);
        assertEquals(Map.of(photo, json), ExportName.told(List.of(photo, json)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IMG-edited",
                "IMG-bearbeitet",
                "IMG-modifié",
                "IMG-ha editado",
                "IMG-editado",
                "IMG-modificato",
                "IMG-bewerkt",
                "IMG-edytowane",
                "IMG-redigerad",
                "IMG-編集済み",
                "IMG-измененный",
                "IMG-изменённый",
                "IMG-отредактировано",
                "IMG-відредаговано",
                "IMG-upraveno",
                "IMG-editat",
                "IMG-편집됨",
                "IMG-EDITED",
            })
    void knowsEditsInManyLanguages(String base) {
        assertEquals(Optional.of("IMG"), EditedName.original(base));
        assertEquals(Optional.of("IMG"), EditedName.original(Normalizer.normalize(base, Normalizer.Form.NFD)));
        assertEquals(Optional.of("IMG(1)"), EditedName.original(base + "(1)"));
        assertEquals(Optional.of("IMG(1)"), EditedName.original(base.replace("IMG", "IMG(1)")));
        String longest = "x".repeat(44);
        assertEquals(
                Optional.of(longest),
                EditedName.original(base.replace("IMG", longest).substring(0, 47)));
    }

    @Test
    void anOriginalKeepsTheLettersThatAreLongerInLowerCase() {
        assertEquals(Optional.of("\u0130MG_1"), EditedName.original("\u0130MG_1-edited"));
    }

    @Test
    void recognisesAnEditWithATruncatedName() {
        String original = "123456789123456789123456789123456789_DSCN98";
        assertEquals(Optional.of(original), EditedName.original((original + "-edited").substring(0, 47)));
        assertEquals(Optional.empty(), EditedName.original("IMG-edit"));
    }

    @Test
    void readsFiftyThousandNamesInNoTime() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 25_000; i++) {
            names.add("IMG_" + i + ".jpg");
            names.add("IMG_" + i + ".jpg.supplemental-metadata.json");
        }
        assertEquals(25_000, ExportName.told(names).size());
    }
}
