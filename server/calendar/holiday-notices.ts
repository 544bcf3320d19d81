// Where each year's arrangement of public holidays was announced (国务院办公厅关于…年部分节假日安排的通知). A second address is a later
// change: 2015 the anniversary of 3 September, 2019 the longer Labour Day, 2020 the longer Spring Festival.
const base = "http://www.gov.cn/zhengce/zhengceku/";

export const holidayNoticeUrls: Readonly<Record<number, readonly string[]>> = {
  2007: [`${base}2008-03/28/content_1761.htm`],
  2008: [`${base}2008-03/28/content_1645.htm`],
  2009: [`${base}2008-12/10/content_1572.htm`],
  2010: [`${base}2009-12/08/content_1476.htm`],
  2011: [`${base}2010-12/10/content_1423.htm`],
  2012: [`${base}2011-12/06/content_1411.htm`],
  2013: [`${base}2012-12/10/content_1353.htm`],
  2014: [`${base}2014-01/02/content_1194.htm`],
  2015: [`${base}2014-12/16/content_9302.htm`, `${base}2015-05/13/content_9742.htm`],
  2016: [`${base}2015-12/10/content_10394.htm`],
  2017: [`${base}2016-12/01/content_5141603.htm`],
  2018: [`${base}2017-11/30/content_5243579.htm`],
  2019: [`${base}2018-12/06/content_5346276.htm`, `${base}2019-03/22/content_5375877.htm`],
  2020: [`${base}2019-11/21/content_5454164.htm`, `${base}2020-01/27/content_5472352.htm`],
  2021: [`${base}2020-11/25/content_5564127.htm`],
  2022: [`${base}2021-10/25/content_5644835.htm`],
  2023: [`${base}2022-12/08/content_5730844.htm`],
  2024: ["https://www.gov.cn/zhengce/zhengceku/202310/content_6911528.htm"],
  2025: ["https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm"],
  2026: ["https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"],
};
