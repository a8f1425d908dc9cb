package vn.sotay.news;

import java.util.List;
import java.util.stream.Collectors;
import vn.sotay.news.News.Picture;

/** The pictures of an edition as lines of one column: nobody looks for them. */
final class PictureLines {

    private PictureLines() {}

    static String write(List<Picture> pictures) {
        return pictures.stream()
                .map(one ->
                        String.join(" ", one.file(), "" + one.width(), "" + one.height(), "" + one.size(), one.alt()))
                .collect(Collectors.joining("\n"));
    }

    static List<Picture> read(String lines) {
        return lines.lines()
                .map(line -> line.split(" ", 5))
                .map(parts -> new Picture(
                        parts[0],
                        parts[4],
                        Integer.valueOf(parts[1]),
                        Integer.valueOf(parts[2]),
                        Long.valueOf(parts[3])))
                .toList();
    }
}
