package vn.sotay.documents;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.job.Timetable;
import vn.sotay.documents.Document.Paper;
import vn.sotay.documents.text.Reading;

/**
 * Looks, now and then, for the texts of files that nobody has looked for: those of a folder that was imported, those from a version that
 * did not know of texts, and those that were being read when Sotay stopped.
 */
@Component(service = UnreadFiles.class, immediate = true)
public final class UnreadFiles {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadFiles.class);

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMinutes(2);

    private final DocumentFiles files;
    private final DocumentTexts texts;
    private final Timetable.Entry entry;
    private volatile boolean isStopping;

    @Activate
    public UnreadFiles(@Reference Timetable timetable, @Reference DocumentFiles files, @Reference DocumentTexts texts) {
        this.files = files;
        this.texts = texts;
        this.entry = timetable.every("document-texts", FIRST, PAUSE, this::run);
    }

    @Deactivate
    void stop() {
        isStopping = true;
        entry.close();
    }

    /** One file after another: it is in no hurry. */
    private @Nullable Instant run() {
        files.readCitations();
        List<Paper> unread = files.unread();
        for (Paper paper : unread) {
            if (isStopping) {
                return null;
            }
            DocumentTexts.Looked looked = texts.look(paper);
            DocumentTexts.await(List.of(looked));
            if (looked.extract().reading() == Reading.WAITS) {
                looked.later(extract -> files.settle(paper.file(), extract));
            } else {
                files.settle(paper.file(), looked.extract());
            }
        }
        if (!unread.isEmpty()) {
            LOG.info("The texts of {} files were looked for", unread.size());
        }
        return null;
    }
}
