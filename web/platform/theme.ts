// Ant Design in our look: flat, one border colour, radius 6, rows and controls on the 8 px grid; light or dark, for a mouse or a finger.
import { type MappingAlgorithm, theme as ant, type ThemeConfig } from "antd";
import { fonts, palettes, shape, type ThemeName } from "./tokens.ts";

/** Ant Design dims the colours it is given for the dark: ours are made for it, and stand as they are. */
const exact: MappingAlgorithm = (seed, map) => ({
  ...ant.darkAlgorithm(seed, map),
  colorPrimary: seed.colorPrimary,
  colorInfo: seed.colorInfo,
  colorLink: seed.colorLink,
  colorError: seed.colorError,
  colorWarning: seed.colorWarning,
  colorSuccess: seed.colorSuccess,
});

/** In: the palette, and whether it is fingers that press: then whatever is pressed is 44 px high. */
export function antTheme(name: ThemeName, touch = false): ThemeConfig {
  const palette = palettes[name];
  const shadow = `0 8px 24px ${palette.shadow}`;
  const control = touch ? shape.touch : shape.control;
  return {
    algorithm: name === "dark" ? exact : ant.defaultAlgorithm,
    token: {
      colorPrimary: palette.accent,
      colorPrimaryHover: palette.accentHover,
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
      colorTextLightSolid: palette.onAccent,
      colorBorder: palette.lineControl,
      colorBorderSecondary: palette.line,
      colorSplit: palette.line,
      colorBgBase: palette.paper,
      colorTextBase: palette.ink,
      colorBgContainer: palette.paper,
      colorBgElevated: palette.raised,
      colorBgLayout: palette.canvas,
      colorBgSpotlight: palette.ink2,
      colorBgMask: palette.scrim,
      controlItemBgHover: palette.hover,
      controlItemBgActive: palette.accentWash,
      fontFamily: fonts.text,
      fontFamilyCode: fonts.code,
      fontSize: shape.text,
      lineHeight: shape.line / shape.text,
      borderRadius: shape.radius,
      borderRadiusLG: shape.radius,
      borderRadiusSM: 4,
      controlHeight: control,
      ...(touch ? { controlHeightSM: control } : {}),
      motionDurationFast: "0.12s",
      motionDurationMid: "0.16s",
      motionDurationSlow: "0.2s",
      boxShadow: shadow,
      boxShadowSecondary: shadow,
      boxShadowTertiary: "none",
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none", fontWeight: 500 },
      Form: { itemMarginBottom: 16, verticalLabelPadding: "0 0 4px" },
      Tabs: { horizontalItemPadding: "8px 0", horizontalItemGutter: 24, titleFontSize: 14 },
      Modal: { titleFontSize: 16 },
      Segmented: { itemSelectedBg: palette.paper, trackBg: palette.hover },
      Select: touch ? { optionHeight: shape.touch } : {},
      Drawer: { paddingLG: 16 },
    },
  };
}
