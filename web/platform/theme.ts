// Ant Design in our look: flat, one border colour, radius 6, rows and controls on the 8 px grid.
import type { ThemeConfig } from "antd";
import { customProperties, fonts, light, type Palette, shape } from "./tokens.ts";

/** Writes the palette to the document, before anything is drawn. */
export function applyPalette(palette: Palette = light): void {
  for (const [name, value] of customProperties(palette)) document.documentElement.style.setProperty(name, value);
}

export function antTheme(palette: Palette = light): ThemeConfig {
  return {
    token: {
      colorPrimary: palette.accent,
      colorInfo: palette.accent,
      colorLink: palette.accent,
      colorLinkHover: palette.accentHover,
      colorError: palette.red,
      colorWarning: palette.amber,
      colorSuccess: palette.green,
      colorText: palette.ink,
      colorTextSecondary: palette.ink2,
      colorTextTertiary: palette.ink3,
      colorTextDescription: palette.ink3,
      colorTextPlaceholder: palette.ink3,
      colorBorder: palette.lineStrong,
      colorBorderSecondary: palette.line,
      colorSplit: palette.line,
      colorBgBase: palette.paper,
      colorBgLayout: palette.canvas,
      controlItemBgHover: palette.hover,
      controlItemBgActive: palette.accentWash,
      fontFamily: fonts.text,
      fontFamilyCode: fonts.code,
      fontSize: shape.text,
      lineHeight: shape.line / shape.text,
      borderRadius: shape.radius,
      borderRadiusLG: shape.radius,
      borderRadiusSM: 4,
      controlHeight: shape.control,
      motionDurationFast: "0.12s",
      motionDurationMid: "0.16s",
      motionDurationSlow: "0.2s",
      boxShadow: "0 8px 24px rgba(16, 24, 32, 0.12)",
      boxShadowSecondary: "0 8px 24px rgba(16, 24, 32, 0.12)",
      boxShadowTertiary: "none",
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none", fontWeight: 500 },
      Form: { itemMarginBottom: 16, verticalLabelPadding: "0 0 4px" },
      Tabs: { horizontalItemPadding: "8px 0", horizontalItemGutter: 24, titleFontSize: 14 },
      Modal: { titleFontSize: 16 },
      Segmented: { itemSelectedBg: palette.paper, trackBg: palette.hover },
      Drawer: { paddingLG: 16 },
    },
  };
}
