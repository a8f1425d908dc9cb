package vn.sotay.documents.text;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** The text of a PDF, by PDFBox: its lines and where they stand, from which {@link Reflow} makes paragraphs. For one thread. */
final class PdfText extends PDFTextStripper {

    private static final long MEMORY = 8L << 20;
    private static final int LETTERS_OF_A_PAGE = 100_000;
    private static final int LETTERS = 2_000_000;

    /** With fewer letters for each page it is pictures of pages, with a stamp or a page number that was added. */
    private static final int LETTERS_OF_A_SCAN = 20;

    static {
        // the machine's fonts are neither looked for nor written down in anybody's home: a text is known without them
        FontMappers.set(new OneFont());
    }

    private final Limits limits;
    private final List<List<Line>> pages = new ArrayList<>();
    private List<Line> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private float left = Float.MAX_VALUE;
    private float right;
    private float bottom;
    private int lettersOfPage;
    private int letters;
    private int operators;

    private PdfText(Limits limits) {
        this.limits = limits;
        setSortByPosition(true);
        setShouldSeparateByBeads(false);
        setSuppressDuplicateOverlappingText(true);
    }

    static void read(Path file, Markdown to, Limits limits) throws IOException {
        PdfChecks.requireWhole(file, limits);
        MemoryUsageSetting room = MemoryUsageSetting.setupMixed(MEMORY, Limits.WHOLE);
        try (PDDocument document = Loader.loadPDF(file.toFile(), room.streamCache)) {
            PdfChecks.requireHarmless(document, limits);
            PdfText text = new PdfText(limits);
            text.writeText(document, Writer.nullWriter());
            Reflow.paragraphs(text.pages).forEach(to::paragraph);
            if (to.letters() < LETTERS_OF_A_SCAN * document.getNumberOfPages()) {
                throw new UnreadableException(Reading.PICTURES);
            }
        } catch (InvalidPasswordException e) {
            throw new UnreadableException(Reading.LOCKED);
        }
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        if ((++operators & 0xff) == 0) {
            limits.requireTime();
        }
        super.processOperator(operator, operands);
    }

    @Override
    protected void processTextPosition(TextPosition position) {
        // what is beyond is left out, not refused: a page of so many letters is a drawing
        if (++lettersOfPage <= LETTERS_OF_A_PAGE && ++letters <= LETTERS) {
            super.processTextPosition(position);
        }
    }

    @Override
    protected void startPage(PDPage page) throws IOException {
        limits.requireTime();
        lettersOfPage = 0;
    }

    @Override
    protected void writeString(String text, List<TextPosition> positions) {
        line.append(text);
        for (TextPosition one : positions) {
            left = Math.min(left, one.getXDirAdj());
            right = Math.max(right, one.getXDirAdj() + one.getWidthDirAdj());
            bottom = one.getYDirAdj();
        }
    }

    @Override
    protected void writeWordSeparator() {
        line.append(' ');
    }

    @Override
    protected void writeLineSeparator() {
        String text = Markdown.clean(line.toString());
        if (!text.isEmpty()) {
            lines.add(new Line(text, left, right, bottom));
        }
        line.setLength(0);
        left = Float.MAX_VALUE;
        right = 0;
    }

    @Override
    protected void endPage(PDPage page) {
        writeLineSeparator();
        pages.add(lines);
        lines = new ArrayList<>();
    }
}
