package vn.sotay.documents;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.store.Transaction;
import vn.sotay.documents.text.Line;

/** What a job has recognised so far, page by page. */
final class ScanRows {

    private ScanRows() {}

    /** @param lines null for a page that could not be read */
    static void write(Transaction tx, UUID job, int page, @Nullable List<Line> lines) {
        tx.handle().execute("delete from document_scan where job = ? and page = ?", job, page);
        tx.handle()
                .createUpdate("insert into document_scan (job, page, body) values (:job, :page, :body)")
                .bind("job", job)
                .bind("page", page)
                .bind(
                        "body",
                        lines == null
                                ? null
                                : lines.stream()
                                        .map(one -> one.left() + "\t" + one.right() + '\t' + one.bottom() + '\t'
                                                + one.text())
                                        .collect(Collectors.joining("\n")))
                .execute();
    }

    /** The pages that are done, in their order; empty where one could not be read. */
    static List<Optional<List<Line>>> of(Transaction tx, UUID job) {
        return tx.handle()
                .createQuery("select body from document_scan where job = :job order by page")
                .bind("job", job)
                .map(row ->
                        Optional.ofNullable(row.getColumn("body", String.class)).map(ScanRows::lines))
                .list();
    }

    private static List<Line> lines(String body) {
        return Arrays.stream(body.split("\n"))
                .filter(line -> !line.isEmpty())
                .map(line -> line.split("\t", 4))
                .map(cells -> new Line(
                        cells[3], Float.parseFloat(cells[0]), Float.parseFloat(cells[1]), Float.parseFloat(cells[2])))
                .toList();
    }

    static void delete(Transaction tx, UUID job) {
        tx.handle().execute("delete from document_scan where job = ?", job);
    }
}
