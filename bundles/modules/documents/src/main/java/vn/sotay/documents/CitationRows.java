package vn.sotay.documents;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import vn.sotay.api.store.Transaction;
import vn.sotay.documents.Document.Paper;

/** Which numbers the texts of files name, in their tables: by file, since a file never changes. */
final class CitationRows {

    private CitationRows() {}

    /** Keeps what a text names; once for each file. */
    static void write(Transaction tx, String file, Set<String> keys) {
        // locks the file's row where another transaction keeps the same
        int known = tx.handle().execute("update document_citing_file set file = file where file = ?", file);
        if (known > 0) {
            return;
        }
        tx.handle().execute("insert into document_citing_file (file) values (?)", file);
        if (!keys.isEmpty()) {
            PreparedBatch batch =
                    tx.handle().prepareBatch("insert into document_citation (file, number_key) values (?, ?)");
            keys.forEach(key -> batch.add(file, key));
            batch.execute();
        }
    }

    /** Forgets the files that no document has any more. */
    static void forget(Transaction tx, Collection<String> files) {
        for (String file : files) {
            for (String table : List.of("document_citation", "document_citing_file")) {
                tx.handle()
                        .execute(
                                "delete from " + table + " where file = ?"
                                        + " and not exists (select 1 from document_file f where f.file = ?)",
                                file,
                                file);
            }
        }
    }

    /** Documents in whose files a number is named, the newest first. */
    static List<UUID> naming(Transaction tx, String numberKey, UUID self, int most) {
        return tx.handle()
                .createQuery("select d.id from document d where d.deleted = false and d.id <> :self and exists"
                        + " (select 1 from document_file f join document_citation c on c.file = f.file"
                        + " where f.document = d.id and c.number_key = :key)"
                        + " order by d.sort_day desc, d.id desc fetch first :most rows only")
                .bind("self", self)
                .bind("key", numberKey)
                .bind("most", most)
                .mapTo(UUID.class)
                .list();
    }

    /** Files with a text of which nobody knows yet what it names: from before that was kept. */
    static List<Paper> unknown(Transaction tx) {
        return tx.handle()
                .createQuery("select * from document_file f where text_file is not null"
                        + " and not exists (select 1 from document_citing_file c where c.file = f.file)")
                .map(DocumentRows::paper)
                .list();
    }
}
