package vn.sotay.platform.roster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import vn.sotay.api.http.Problem;
import vn.sotay.api.table.Tables;

/** Gives modules the tables that rosters are read from. */
@Component
public final class FileTables implements Tables {

    @Override
    public List<List<Row>> read(byte[] content, int most) {
        try (RosterFile file = RosterFile.open(() -> new ByteArrayInputStream(content))) {
            List<List<Row>> sheets = new ArrayList<>();
            for (RosterFile.Sheet sheet : file.sheets()) {
                List<Row> rows = new ArrayList<>();
                file.read(sheet, row -> {
                    rows.add(new Row(
                            row.line(), row.values().stream().map(Value::text).toList()));
                    return rows.size() < most;
                });
                sheets.add(rows);
            }
            return sheets;
        } catch (RosterFile.UnreadableException e) {
            throw Problem.invalid("file", e.rule());
        } catch (IOException e) {
            throw new UncheckedIOException("what is in the memory can be read", e);
        }
    }
}
