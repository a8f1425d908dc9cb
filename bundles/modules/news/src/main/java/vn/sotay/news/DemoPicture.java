package vn.sotay.news;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Boats before an island in the morning: the same each time, and nobody's. */
final class DemoPicture {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final int WATER = 400;

    private DemoPicture() {}

    static byte[] png() throws IOException {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        sky(g);
        water(g);
        boat(g, 250, 500, 1.6);
        boat(g, 760, 450, 1.0);
        boat(g, 1010, 580, 2.0);
        g.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }

    private static void sky(Graphics2D g) {
        g.setPaint(new GradientPaint(0, 0, new Color(0x7fb6d9), 0, WATER, new Color(0xfbe3c0)));
        g.fillRect(0, 0, WIDTH, WATER);
        g.setColor(new Color(0xfff3d0));
        g.fill(new Ellipse2D.Double(900, 210, 120, 120));
        hill(g, new Color(0x6f8f8a), 120, 620, 300);
        hill(g, new Color(0x4d6f68), 420, 900, 340);
    }

    private static void hill(Graphics2D g, Color color, int from, int to, int top) {
        Path2D hill = new Path2D.Double();
        hill.moveTo(from, WATER);
        hill.curveTo(from + (to - from) * .3, top - 40, from + (to - from) * .55, top, to, WATER);
        hill.closePath();
        g.setColor(color);
        g.fill(hill);
    }

    private static void water(Graphics2D g) {
        g.setPaint(new GradientPaint(0, WATER, new Color(0x5d9cb0), 0, HEIGHT, new Color(0x1f5a72)));
        g.fillRect(0, WATER, WIDTH, HEIGHT - WATER);
        g.setColor(new Color(255, 255, 255, 60));
        g.setStroke(new BasicStroke(3));
        for (int i = 0; i < 60; i++) {
            int x = i * 397 % WIDTH;
            int y = WATER + 20 + i * 211 % (HEIGHT - WATER - 30);
            g.drawLine(x, y, x + 40 + i % 5 * 12, y);
        }
    }

    private static void boat(Graphics2D g, double x, double y, double size) {
        Path2D hull = new Path2D.Double();
        hull.moveTo(x, y);
        hull.lineTo(x + 130 * size, y - 8 * size);
        hull.lineTo(x + 105 * size, y + 28 * size);
        hull.lineTo(x + 20 * size, y + 28 * size);
        hull.closePath();
        g.setColor(new Color(0x2456a0));
        g.fill(hull);
        g.setColor(new Color(0xc23b2e));
        g.fillRect((int) (x + 18 * size), (int) (y + 22 * size), (int) (88 * size), (int) (8 * size));
        g.setColor(new Color(0xf2efe6));
        g.fillRect((int) (x + 30 * size), (int) (y - 34 * size), (int) (40 * size), (int) (32 * size));
        g.setColor(new Color(0x35506b));
        g.fillRect((int) (x + 36 * size), (int) (y - 27 * size), (int) (11 * size), (int) (11 * size));
        g.fillRect((int) (x + 53 * size), (int) (y - 27 * size), (int) (11 * size), (int) (11 * size));
        g.setStroke(new BasicStroke((float) (3 * size)));
        g.drawLine((int) (x + 88 * size), (int) (y - 4 * size), (int) (x + 88 * size), (int) (y - 70 * size));
    }
}
