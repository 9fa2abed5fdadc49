package io.souk.search.index;

import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The forms of a word that people type when they mean it: without accents, vowel points and case, and without what stands
 * before or behind an apostrophe ({@code l'huile}, {@code kellogg's}).
 */
final class Folding {
    /** A word with more parts than this is no word. */
    private static final int MAX_FORMS = 5;

    private Folding() {}

    /** The word itself first, then its other forms; all in lower case if the word is. */
    static List<String> forms(String word) {
        var folded = fold(word);
        if (folded.equals(word) && apostropheAt(word, 0) < 0) {
            return List.of(word);
        }
        Set<String> forms = new LinkedHashSet<>();
        forms.add(word);
        if (!folded.isEmpty()) {
            forms.add(folded);
        }
        addParts(forms, folded);
        return forms.stream().limit(MAX_FORMS).toList();
    }

    /** A text as it is compared when case and accents shall not matter; used for names, never shown. */
    static String key(String text) {
        return fold(Normalizer.normalize(text, Normalizer.Form.NFKC)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " "));
    }

    private static void addParts(Set<String> forms, String word) {
        if (apostropheAt(word, 0) < 0) {
            return;
        }
        var joined = new StringBuilder();
        var parts = new ArrayList<String>();
        int start = 0;
        while (start <= word.length()) {
            int end = apostropheAt(word, start);
            var part = word.substring(start, end < 0 ? word.length() : end);
            joined.append(part);
            if (part.codePointCount(0, part.length()) > 1) {
                parts.add(part);
            }
            if (end < 0) {
                break;
            }
            start = end + 1;
        }
        if (!joined.isEmpty()) {
            forms.add(joined.toString());
        }
        forms.addAll(parts);
    }

    private static int apostropheAt(String word, int from) {
        for (int i = from; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\'' || c == '\u2019' || c == '\u02bc') {
                return i;
            }
        }
        return -1;
    }

    private static String fold(String word) {
        if (isPlain(word)) {
            return word;
        }
        var bare = withoutMarks(Normalizer.normalize(word, Normalizer.Form.NFD));
        var composed = Normalizer.normalize(bare, Normalizer.Form.NFC).toCharArray();
        var folded = new char[composed.length * 4]; // one character becomes at most four
        int length = ASCIIFoldingFilter.foldToASCII(composed, 0, folded, 0, composed.length);
        return new String(folded, 0, length);
    }

    private static boolean isPlain(String word) {
        return word.chars().allMatch(c -> c < 0x80);
    }

    /**
     * Drops the marks that writers leave out. In Indic and other scripts combining marks are letters, so only those of Latin,
     * Greek, Cyrillic (U+0300..), Hebrew and Arabic go.
     */
    private static String withoutMarks(String decomposed) {
        var bare = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            if (c == '\u03c2') {
                bare.append('\u03c3'); // the sigma at a word's end
            } else if (!isDroppedMark(c)) {
                bare.append(c);
            }
        }
        return bare.toString();
    }

    private static boolean isDroppedMark(char c) {
        return (c >= '\u0300' && c <= '\u036f') // combining diacritical marks
                || (c >= '\u0591' && c <= '\u05c7' && c != '\u05be') // Hebrew points; not the maqaf, a hyphen
                || (c >= '\u064b' && c <= '\u065f') // Arabic vowel signs
                || c == '\u0670'
                || c == '\u0640'; // tatweel, which only stretches
    }
}
