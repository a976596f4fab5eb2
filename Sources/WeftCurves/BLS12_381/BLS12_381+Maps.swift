/// The maps of RFC 9380, §8.8, and the coefficients of its appendix E, the highest powers first.
extension BLS12_381 {
  /// The map to the curve over Fp: an isogeny of degree 11.
  static let mapToG1 = SimplifiedSWU<G1<BLS12_381>>(
    a:
      0x0014_4698_a3b8_e943_3d69_3a02_c96d_4982_b0ea_9853_83ee_66a8_d8e8_981a_efd8_81ac_9893_6f8d_a0e0_f97f_5cf4_2808_2d58_4c1d,
    b:
      0x12e2_908d_1168_8030_018b_12e8_753e_ee3b_2016_c1f0_f24f_4070_a0b9_c14f_cef3_5ef5_5a23_215a_316c_eaa5_d1cc_48e9_8e17_2be0,
    nonsquare: Fp(11),
    isogeny: Isogeny(
      xNumerator: [
        0x06e0_8c24_8e26_0e70_bd1e_9623_81ed_ee3d_31d7_9d7e_22c8_37bc_23c0_bf1b_c24c_6b68_c24b_1b80_b64d_391f_a9c8_ba2e_8ba2_d229,
        0x1032_1da0_79ce_07e2_72d8_ec09_d256_5b0d_fa7d_ccdd_e678_7f96_d50a_f360_03b1_4866_f69b_771f_8c28_5dec_ca67_df3f_1605_fb7b,
        0x169b_1f8e_1bcf_a7c4_2e0c_3751_5d13_8f22_dd2e_cb80_3a0c_5c99_6763_14ba_f4bb_1b7f_a319_0b2e_dc03_2779_7f24_1067_be39_0c9e,
        0x080d_3cf1_f9a7_8fc4_7b90_b335_63be_990d_c43b_756c_e79f_5574_a2c5_96c9_28c5_d1de_4fa2_95f2_96b7_4e95_6d71_986a_8497_e317,
        0x17b8_1e77_01ab_dbe2_e874_3884_d111_7e53_356d_e5ab_275b_4db1_a682_c62e_f0f2_7533_39b7_c8f8_c8f4_75af_9ccb_5618_e3f0_c88e,
        0x0d6e_d655_3fe4_4d29_6a37_26c3_8ae6_52bf_b115_8626_4f0f_8ce1_9008_e218_f9c8_6b2a_8da2_5128_c105_2eca_ddd7_f225_a139_ed84,
        0x1630_c325_0d73_13ff_01d1_201b_f7a7_4ab5_db3c_b17d_d952_799b_9ed3_ab90_97e6_8f90_a087_0d2d_cae7_3d19_cd13_c1c6_6f65_2983,
        0x0e99_726a_3199_f443_6642_b4b3_e411_8e54_99db_995a_1257_fb3f_086e_eb65_982f_ac18_985a_286f_301e_77c4_5115_4ce9_ac88_95d9,
        0x1778_e716_6fcc_6db7_4e06_09d3_07e5_5412_d7f5_e465_6a8d_bf25_f1b3_3289_f1b3_3083_5336_e25c_e310_7193_c5b3_8864_1d9b_6861,
        0x0d54_005d_b976_78ec_1d10_48c5_d10a_9a1b_ce03_2473_2959_83e5_6878_e501_ec68_e25c_958c_3e3d_2a09_729f_e017_9f9d_ac9e_dcb0,
        0x1729_4ed3_e943_ab2f_0588_bab2_2147_a81c_7c17_e75b_2f6a_8417_f565_e33c_70d1_e86b_4838_f2a6_f318_c356_e834_eef1_b3cb_83bb,
        0x11a0_5f2b_1e83_3340_b809_101d_d998_1585_6b30_3e88_a2d7_005f_f262_7b56_cdb4_e2c8_5610_c2d5_f2e6_2d6e_aeac_1662_7346_49b7,
      ],
      xDenominator: [
        .one,
        0x095f_c13a_b9e9_2ad4_476d_6e3e_b3a5_6680_f682_b4ee_96f7_d037_76df_5339_78f3_1c15_9317_4e4b_4b78_6500_2d63_84d1_68ec_dd0a,
        0x0a10_ecf6_ada5_4f82_5e92_0b3d_afc7_a3cc_e07f_8d1d_7161_366b_7410_0da6_7f39_8835_0382_6692_abba_4370_4776_ec3a_79a1_d641,
        0x14a7_ac2a_9d64_a8b2_30b3_f5b0_74cf_0199_6e7f_63c2_1bca_68a8_1996_e1cd_f982_2c58_0fa5_b948_9d11_e2d3_11f7_d99b_bdcc_5a5e,
        0x0772_caac_f169_3619_0f3e_0c63_e059_6721_570f_5799_af53_a189_4e2e_0730_62ae_de9c_ea73_b353_8f0d_e06c_ec25_7449_6ee8_4a3a,
        0x0e73_55f8_e4e6_67b9_5539_0f7f_0506_c6e9_3957_35e9_ce9c_ad4d_0a43_bcef_24b8_982f_7400_d24b_c422_8f11_c02d_f9a2_9f63_04a5,
        0x13a8_e162_0229_14a8_0a6f_1d5f_43e7_a07d_ffdf_c759_a120_62bb_8d6b_44e8_33b3_06da_9bd2_9ba8_1f35_781d_539d_395b_3532_a21e,
        0x0342_5581_a58a_e2fe_c83a_afef_7c40_eb54_5b08_243f_16b1_6551_54cc_a8ab_c28d_6fd0_4976_d524_3eec_f5c4_130d_e893_8dc6_2cd8,
        0x0b29_62fe_57a3_225e_8137_e629_bff2_991f_6f89_416f_5a71_8cd1_fca6_4e00_b11a_ceac_d6a3_d096_7c94_fedc_fcc2_39ba_5cb8_3e19,
        0x1256_1a5d_eb55_9c43_48b4_7112_98e5_3636_7041_e8ca_0cf0_800c_0126_c258_8c48_bf57_13da_a884_6cb0_26e9_e5c8_276e_c82b_3bff,
        0x08ca_8d54_8cff_19ae_18b2_e62f_4bd3_fa6f_01d5_ef4b_a35b_48ba_9c95_8861_7fc8_ac62_b558_d681_be34_3df8_993c_f9fa_40d2_1b1c,
      ],
      yNumerator: [
        0x15e6_be4e_990f_03ce_4ea5_0b3b_42df_2eb5_cb18_1d8f_8496_5a39_57ad_d4fa_95af_01b2_b665_027e_fec0_1c77_04b4_56be_69c8_b604,
        0x05c1_2964_5e44_cf11_02a1_59f7_48c4_a3fc_5e67_3d81_d7e8_6568_d9ab_0f5d_396a_7ce4_6ba1_049b_6579_afb7_866b_1e71_5475_224b,
        0x0245_a394_ad1e_ca9b_72fc_00ae_7be3_15dc_757b_3b08_0d4c_1580_13e6_632d_3c40_659c_c6cf_90ad_1c23_2a64_42d9_d3f5_db98_0133,
        0x0b18_2cac_101b_9399_d155_0960_04f5_3f44_7aa7_b12a_3426_b08e_c027_10e8_07b4_633f_06c8_51c1_9192_11f2_0d4c_04f0_0b97_1ef8,
        0x18b4_6a90_8f36_f6de_b918_c143_fed2_edcc_5235_59b8_aaf0_c246_2e6b_fe7f_911f_6432_49d9_cdf4_1b44_d606_ce07_c8a4_d007_4d8e,
        0x1971_3e47_937c_d1be_0dfd_0b8f_1d43_fb93_cd2f_cbcb_6caf_493f_d118_3e41_6389_e610_31bf_3a5c_ce3f_bafc_e813_711a_d011_c132,
        0x0e1b_ba7a_1186_bdb5_223a_bde7_ada1_4a23_c42a_0ca7_915a_f6fe_0698_5e7e_d1e4_d43b_9b3f_7055_dd4e_ba6f_2baf_aaeb_ca73_1c30,
        0x09fc_4018_bd96_684b_e88c_9e22_1e4d_a1bb_8f3a_bd16_679d_c26c_1e8b_6e6a_1f20_cabe_69d6_5201_c786_07a3_6037_0e57_7bdb_a587,
        0x0987_c8d5_333a_b86f_de99_26bd_2ca6_c674_170a_05bf_e3bd_d81f_fd03_8da6_c26c_8426_42f6_4550_fedf_e935_a15e_4ca3_1870_fb29,
        0x04ab_0b9b_cfac_1bbc_b2c9_77d0_2779_6b3c_e75b_b8ca_2be1_84cb_5231_413c_4d63_4f37_47a8_7ac2_460f_415e_c961_f885_5fe9_d6f2,
        0x1660_3fca_4063_4b6a_2211_e11d_b8f0_a6a0_74a7_d0d4_afad_b7bd_7650_5c3d_3ad5_544e_203f_6326_c95a_8072_99b2_3ab1_3633_a5f0,
        0x08cc_03fd_efe0_ff13_5caf_4fe2_a215_29c4_1955_36fb_e3ce_50b8_7983_3fd2_2135_1adc_2ee7_f8dc_0990_40a8_41b6_daec_f2e8_fedb,
        0x01f8_6376_e898_1c21_7898_751a_d874_6757_d42a_a7b9_0eeb_791c_09e4_a3ec_0325_1cf9_de40_5aba_9ec6_1dec_a635_5c77_b0e5_f4cb,
        0x00cc_786b_aa96_6e66_f4a3_84c8_6a3b_4994_2552_e2d6_58a3_1ce2_c344_be4b_9140_0da7_d26d_5216_28b0_0523_b8df_e240_c72d_e1f6,
        0x1349_96a1_04ee_5811_d510_36d7_76fb_4683_1223_e96c_254f_383d_0f90_6343_eb67_ad34_d6c5_6711_962f_a8bf_e097_e75a_2e41_c696,
        0x090d_97c8_1ba2_4ee0_259d_1f09_4980_dcfa_11ad_138e_48a8_6952_2b52_af6c_9565_43d3_cd0c_7aee_9b3b_a3c2_be98_4571_9707_bb33,
      ],
      yDenominator: [
        .one,
        0x0e0f_a1d8_16dd_c03e_6b24_255e_0d78_19c1_71c4_0f65_e273_b853_324e_fcd6_356c_aa20_5ca2_f570_f134_9780_4415_473a_1d63_4b8f,
        0x0266_0400_eb2e_4f3b_628b_dd0d_53cd_76f2_bf56_5b94_e729_27c1_cb74_8df2_7942_480e_4205_17bd_8714_cc80_d1fa_dc13_26ed_06f7,
        0x0ad6_b951_4c76_7fe3_c361_3144_b45f_1496_5433_46d9_8adf_0226_7d5c_eef9_a00d_9b86_9300_0763_e3b9_0ac1_1e99_b138_5733_45cc,
        0x0acc_bb67_481d_033f_f585_2c1e_48c5_0c47_7f94_ff8a_efce_42d2_8c0f_9a88_cea7_9135_16f9_6898_6f7e_bbea_9684_b529_e256_1092,
        0x04d2_f259_eea4_05bd_48f0_10a0_1ad2_911d_9c6d_d039_bb61_a629_0e59_1b36_e636_a5c8_71a5_c29f_4f83_0604_00f8_b49c_ba8f_6aa8,
        0x167a_55cd_a70a_6e1c_ea82_0597_d94a_8490_3216_f763_e13d_87bb_5308_592e_7ea7_d4fb_c738_5ea3_d529_b35e_346e_f48b_b891_3f55,
        0x1866_c8ed_336c_6123_1a1b_e54f_d1d7_4cc4_f9fb_0ce4_c6af_5920_abc5_750c_4bf3_9b48_52cf_e2f7_bb92_4883_6b23_3d9d_5553_5d4a,
        0x16a3_ef08_be3e_a7ea_03bc_ddfa_bba6_ff6e_e5a4_375e_fa1f_4fd7_feb3_4fd2_0635_7132_b920_f5b0_0801_dee4_60ee_415a_1581_2ed9,
        0x1660_07c0_8a99_db2f_c3ba_8734_ace9_824b_5eec_fdfa_8d0c_f8ef_5dd3_65bc_400a_0051_d5fa_9c01_a58b_1fb9_3d1a_1399_126a_775c,
        0x08d9_e529_7186_db2d_9fb2_66ea_ac78_3182_b701_52c6_5550_d881_c5ec_d87b_6f0f_5a64_49f3_8db9_dfa9_cce2_02c6_477f_aaf9_b7ac,
        0x0be0_e079_545f_43e4_b00c_c912_f822_8ddc_c6d1_9c9f_0f69_bbb0_542e_da0f_c9de_c916_a20b_15dc_0fd2_eded_da39_1423_11a5_001d,
        0x16b7_d288_798e_5395_f20d_23bf_89ed_b4d1_d115_c5db_ddbc_d30e_123d_a489_e726_af41_7273_64f2_c282_97ad_a8d2_6d98_445f_5416,
        0x058d_f330_6640_da27_6faa_ae7d_6e8e_b157_78c4_8555_51ae_7f31_0c35_a5dd_279c_d2ec_a675_7cd6_36f9_6f89_1e25_38b5_3dbf_67f2,
        0x1962_d75c_2381_201e_1a0c_bd6c_43c3_48b8_85c8_4ff7_31c4_d59c_a4a1_0356_f453_e01f_78a4_2607_6352_9e35_32f6_102c_2e49_a03d,
        0x1611_2c4c_3a9c_98b2_5218_1140_fad0_eae9_601a_6de5_7898_0be6_eec3_232b_5be7_2e7a_07f3_688e_f60c_206d_0147_9253_b036_63c1,
      ]))

  /// The map to the twist: an isogeny of degree 3.
  static let mapToG2 = SimplifiedSWU<G2<BLS12_381>>(
    a: Fp2(.zero, Fp(240)),
    b: Fp2(Fp(1012), Fp(1012)),
    nonsquare: -Fp2(Fp(2), .one),
    isogeny: Isogeny(
      xNumerator: [
        Fp2(
          0x171d_6541_fa38_ccfa_ed6d_ea69_1f5f_b614_cb14_b4e7_f4e8_10aa_22d6_108f_142b_8575_7098_e38d_0f67_1c71_88e2_aaaa_aaaa_5ed1,
          .zero),
        Fp2(
          0x1156_0bf1_7baa_99bc_3212_6fce_d787_c88f_984f_87ad_f7ae_0c7f_9a20_8c6b_4f20_a418_1472_aaa9_cb8d_5555_26a9_ffff_ffff_c71e,
          0x08ab_05f8_bdd5_4cde_1909_37e7_6bc3_e447_cc27_c3d6_fbd7_063f_cd10_4635_a790_520c_0a39_5554_e5c6_aaaa_9354_ffff_ffff_e38d
        ),
        Fp2(
          .zero,
          0x1156_0bf1_7baa_99bc_3212_6fce_d787_c88f_984f_87ad_f7ae_0c7f_9a20_8c6b_4f20_a418_1472_aaa9_cb8d_5555_26a9_ffff_ffff_c71a
        ),
        Fp2(
          0x05c7_5950_7e8e_333e_bb5b_7a9a_47d7_ed85_32c5_2d39_fd3a_042a_88b5_8423_c50a_e15d_5c26_38e3_43d9_c71c_6238_aaaa_aaaa_97d6,
          0x05c7_5950_7e8e_333e_bb5b_7a9a_47d7_ed85_32c5_2d39_fd3a_042a_88b5_8423_c50a_e15d_5c26_38e3_43d9_c71c_6238_aaaa_aaaa_97d6
        ),
      ],
      xDenominator: [
        .one,
        Fp2(
          Fp(12),
          0x1a01_11ea_397f_e69a_4b1b_a7b6_434b_acd7_6477_4b84_f385_12bf_6730_d2a0_f6b0_f624_1eab_fffe_b153_ffff_b9fe_ffff_ffff_aa9f
        ),
        Fp2(
          .zero,
          0x1a01_11ea_397f_e69a_4b1b_a7b6_434b_acd7_6477_4b84_f385_12bf_6730_d2a0_f6b0_f624_1eab_fffe_b153_ffff_b9fe_ffff_ffff_aa63
        ),
      ],
      yNumerator: [
        Fp2(
          0x124c_9ad4_3b6c_f79b_fbf7_043d_e381_1ad0_761b_0f37_a1e2_6286_b0e9_77c6_9aa2_7452_4e79_097a_56dc_4bd9_e1b3_71c7_1c71_8b10,
          .zero),
        Fp2(
          0x1156_0bf1_7baa_99bc_3212_6fce_d787_c88f_984f_87ad_f7ae_0c7f_9a20_8c6b_4f20_a418_1472_aaa9_cb8d_5555_26a9_ffff_ffff_c71c,
          0x08ab_05f8_bdd5_4cde_1909_37e7_6bc3_e447_cc27_c3d6_fbd7_063f_cd10_4635_a790_520c_0a39_5554_e5c6_aaaa_9354_ffff_ffff_e38f
        ),
        Fp2(
          .zero,
          0x05c7_5950_7e8e_333e_bb5b_7a9a_47d7_ed85_32c5_2d39_fd3a_042a_88b5_8423_c50a_e15d_5c26_38e3_43d9_c71c_6238_aaaa_aaaa_97be
        ),
        Fp2(
          0x1530_477c_7ab4_113b_59a4_c18b_076d_1193_0f7d_a5d4_a07f_649b_f544_39d8_7d27_e500_fc8c_25eb_f8c9_2f68_12cf_c71c_71c6_d706,
          0x1530_477c_7ab4_113b_59a4_c18b_076d_1193_0f7d_a5d4_a07f_649b_f544_39d8_7d27_e500_fc8c_25eb_f8c9_2f68_12cf_c71c_71c6_d706
        ),
      ],
      yDenominator: [
        .one,
        Fp2(
          Fp(18),
          0x1a01_11ea_397f_e69a_4b1b_a7b6_434b_acd7_6477_4b84_f385_12bf_6730_d2a0_f6b0_f624_1eab_fffe_b153_ffff_b9fe_ffff_ffff_aa99
        ),
        Fp2(
          .zero,
          0x1a01_11ea_397f_e69a_4b1b_a7b6_434b_acd7_6477_4b84_f385_12bf_6730_d2a0_f6b0_f624_1eab_fffe_b153_ffff_b9fe_ffff_ffff_a9d3
        ),
        Fp2(
          0x1a01_11ea_397f_e69a_4b1b_a7b6_434b_acd7_6477_4b84_f385_12bf_6730_d2a0_f6b0_f624_1eab_fffe_b153_ffff_b9fe_ffff_ffff_a8fb,
          0x1a01_11ea_397f_e69a_4b1b_a7b6_434b_acd7_6477_4b84_f385_12bf_6730_d2a0_f6b0_f624_1eab_fffe_b153_ffff_b9fe_ffff_ffff_a8fb
        ),
      ]))
}
