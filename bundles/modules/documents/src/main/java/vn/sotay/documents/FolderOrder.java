package vn.sotay.documents;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import vn.sotay.documents.Document.Paper;

/**
 * What an import keeps for itself: the index and what its folder has. Written as lines, since a module has no JSON of its own.
 *
 * @param files by their paths in the folder
 * @param units whose members may be named, by their code; the empty code is that of the import's own unit
 * @param index text of the index
 */
record FolderOrder(Map<String, Paper> files, Map<String, UUID> units, String index) {

    private static final String TAB = "\t";

    String write() {
        String listed = files.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .map(one -> String.join(
                        TAB,
                        "file",
                        one.getKey(),
                        one.getValue().file(),
                        String.valueOf(one.getValue().type()),
                        String.valueOf(one.getValue().size())))
                .collect(Collectors.joining("\n"));
        String named = units.entrySet().stream()
                .map(one ->
                        String.join(TAB, "unit", one.getKey(), one.getValue().toString()))
                .collect(Collectors.joining("\n"));
        return String.join("\n", listed.isEmpty() ? named : listed + "\n" + named, "", index);
    }

    static FolderOrder read(String written) {
        int end = written.indexOf("\n\n");
        Map<String, Paper> files = new LinkedHashMap<>();
        Map<String, UUID> units = new LinkedHashMap<>();
        for (String line : written.substring(0, end).split("\n")) {
            String[] cells = line.split(TAB, -1);
            if (cells[0].equals("file")) {
                files.put(cells[1], new Paper(cells[2], name(cells[1]), cells[3], Long.valueOf(cells[4])));
            } else if (cells[0].equals("unit")) {
                units.put(cells[1], UUID.fromString(cells[2]));
            }
        }
        return new FolderOrder(files, units, written.substring(end + 2));
    }

    /** The last part of a path. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
